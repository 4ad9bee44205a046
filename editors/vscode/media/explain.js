// The page only shows what the extension rendered, and tells it what the user pressed.
(() => {
  const editor = acquireVsCodeApi();
  const at = (id) => document.getElementById(id);
  const [text, status, cancel, question] = ['text', 'status', 'cancel', 'question'].map(at);
  window.addEventListener('message', ({ data }) => {
    const follows = text.scrollTop + text.clientHeight >= text.scrollHeight - 40;
    text.innerHTML = data.html;
    text.setAttribute('aria-busy', String(data.running));
    status.textContent = data.status;
    cancel.hidden = !data.running;
    at('ask').disabled = data.running;
    if (follows && data.running) text.scrollTop = text.scrollHeight;
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
  text.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-file]');
    if (!link) return;
    event.preventDefault();
    editor.postMessage({ kind: 'open', file: link.dataset.file, line: Number(link.dataset.line) });
  });
  editor.postMessage({ kind: 'ready' });
})();
