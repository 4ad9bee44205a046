// The page only shows what the extension rendered, and tells it what the user pressed.
(() => {
  const editor = acquireVsCodeApi();
  const at = (id) => document.getElementById(id);
  const [text, status, cancel, question] = ['text', 'status', 'cancel', 'question'].map(at);
  // Only what differs is put in anew: what the user has selected further up stays selected.
  const show = (place, html) => {
    const wanted = document.createElement('template');
    wanted.innerHTML = html;
    const [old, fresh] = [[...place.childNodes], [...wanted.content.childNodes]];
    let same = 0;
    while (same < Math.min(old.length, fresh.length) && old[same].isEqualNode(fresh[same])) same++;
    old.slice(same).forEach((node) => node.remove());
    place.append(...fresh.slice(same));
  };
  // A screen reader hears an answer once, when it is whole; not again when the hidden page comes back.
  const announce = ({ running, answer, status: told }) => {
    if (running || !answer || editor.getState()?.said === answer) return;
    editor.setState({ said: answer });
    at('announcement').textContent = `${at('answer').innerText}\n${told}`;
  };
  window.addEventListener('message', ({ data }) => {
    const follows = text.scrollTop + text.clientHeight >= text.scrollHeight - 40;
    show(at('before'), data.before);
    show(at('answer'), data.answer);
    text.setAttribute('aria-busy', String(data.running));
    status.textContent = data.status;
    cancel.hidden = !data.running;
    at('ask').disabled = data.running;
    if (follows && data.running) text.scrollTop = text.scrollHeight;
    announce(data);
  });
  const ask = () => {
    if (!question.value.trim() || at('ask').disabled) return;
    editor.postMessage({ kind: 'ask', text: question.value });
    question.value = '';
  };
  at('ask').addEventListener('click', ask);
  question.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) ask();
  });
  at('copy').addEventListener('click', () => {
    editor.postMessage({ kind: 'copy', text: String(getSelection()) });
  });
  cancel.addEventListener('click', () => editor.postMessage({ kind: 'cancel' }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.isComposing && !cancel.hidden) editor.postMessage({ kind: 'cancel' });
  });
  text.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-file]');
    if (!link) return;
    event.preventDefault();
    editor.postMessage({ kind: 'open', file: link.dataset.file, line: Number(link.dataset.line) });
  });
  editor.postMessage({ kind: 'ready' });
})();
