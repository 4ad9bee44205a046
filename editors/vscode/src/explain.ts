/** An explanation in a side view, as it is written, with links to code, copy and a box for the next question. */

import * as vscode from 'vscode';
import { type Exchange, followUp } from './followup';
import type { Job, JobEvent, Jobs } from './jobs';
import { placeOf } from './place';
import type { Result, RunAction } from './wire';

const REDRAW_MS = 100;

interface FromView {
  kind: 'ask' | 'copy' | 'cancel' | 'open' | 'ready';
  text?: string;
  file?: string;
  line?: number;
}

export class Explanations implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private job: Job | undefined;
  private run: RunAction | undefined;
  private before = '';
  private text = '';
  private status = '';
  /** The user's words that the text shown last answers; none for the first explanation. */
  private question = '';
  /** What the box asked and is not answered yet: the user's words, and all that went with them. */
  private asking: { words: string; instruction: string } | undefined;
  /** What a question goes on from: the last answer that there is, whole or not. */
  private exchange: Exchange = { question: '', answer: '' };
  /** Jobs that nobody reads any more. */
  private readonly left = new WeakSet<Job>();
  private timer: NodeJS.Timeout | undefined;
  private readonly listening: vscode.Disposable;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly jobs: Jobs,
    private readonly ask: (run: RunAction, instruction: string) => Promise<void>,
  ) {
    this.listening = jobs.onEvent((event) => this.heard(event));
  }

  dispose(): void {
    this.listening.dispose();
    this.panel?.dispose();
  }

  private heard(event: JobEvent): void {
    // Tests open as a document of their own.
    if (event.job.run.action === 'tests' || this.left.has(event.job)) {
      return;
    }
    if (event.kind === 'text' && this.followsOneAfter(event.job)) {
      this.giveUp(event.job);
      return;
    }
    if (event.kind === 'text') {
      this.follow(event.job);
      this.text += event.delta;
    } else if (event.kind === 'begin' && this.goesOn(event.job)) {
      this.follow(event.job);
    } else if (event.job === this.job && event.kind === 'status') {
      this.status = event.delta;
    } else if (event.kind === 'end' && (event.job === this.job || event.result?.status === 'explained')) {
      this.follow(event.job);
      this.end(event.result);
    } else {
      return;
    }
    this.redraw();
  }

  private follow(job: Job): void {
    if (this.job === job && this.panel) {
      return;
    }
    this.leave();
    // A follow-up goes below what is there; another question begins a page of its own.
    const goesOn = this.goesOn(job);
    this.question = (goesOn ? this.asking?.words : job.run.instruction) ?? '';
    this.before = goesOn ? `${this.before}${this.text}\n\n---\n\n**${escaped(this.question)}**\n\n` : '';
    this.text = '';
    this.asking = undefined;
    this.job = job;
    this.run = job.run;
    this.panel ??= this.open();
  }

  private goesOn(job: Job): boolean {
    const { asking } = this;
    return this.panel !== undefined && asking !== undefined && this.run?.uri === job.run.uri && asking.instruction === job.run.instruction;
  }

  /** Whether the page follows a job that was asked for after this one. */
  private followsOneAfter(job: Job): boolean {
    const { all } = this.jobs;
    return this.job !== undefined && all.indexOf(this.job) > all.indexOf(job);
  }

  private leave(): void {
    if (this.job) {
      this.giveUp(this.job);
      this.job = undefined;
    }
  }

  /** Nobody reads it any more: do not pay for the rest. */
  private giveUp(job: Job): void {
    this.left.add(job);
    job.cancel();
  }

  private end(result: Result | undefined): void {
    this.job = undefined;
    if (result?.markdown) {
      this.text = result.markdown;
    }
    if (this.text) {
      this.exchange = { question: this.question, answer: this.text };
    }
    const usage = result?.usage;
    const cost = usage?.costUsd === null || usage?.costUsd === undefined ? '' : ` · $${usage.costUsd.toFixed(4)}`;
    this.status =
      result?.status === 'explained'
        ? `${usage?.servedModel ?? usage?.model ?? ''}${cost}`
        : (result?.message ?? vscode.l10n.t('The Grok server stopped before it was done.'));
  }

  private redraw(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.post();
    }, REDRAW_MS);
  }

  private async post(): Promise<void> {
    const { render } = await import('./markdown');
    await this.panel?.webview.postMessage({
      before: render(this.before),
      answer: render(this.text),
      status: this.status,
      running: this.job !== undefined,
    });
  }

  private open(): vscode.WebviewPanel {
    const panel = vscode.window.createWebviewPanel(
      'grok-ls.explanation',
      vscode.l10n.t('Grok: Explanation'),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      {
        enableScripts: true,
        enableCommandUris: false,
        retainContextWhenHidden: false,
        localResourceRoots: [vscode.Uri.joinPath(this.context.extensionUri, 'media')],
      },
    );
    panel.webview.onDidReceiveMessage((message: FromView) => void this.receive(message));
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.before = this.text = '';
      this.leave();
    });
    panel.webview.html = this.page(panel.webview);
    return panel;
  }

  private async receive(message: FromView): Promise<void> {
    const text = message.text?.trim() ?? '';
    switch (message.kind) {
      case 'ready':
        await this.post();
        break;
      case 'copy':
        await vscode.env.clipboard.writeText(text || this.before + this.text);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied.'), 2000);
        break;
      case 'cancel':
        this.job?.cancel();
        break;
      case 'ask':
        if (text && this.run && !this.job) {
          const instruction = followUp(text, this.exchange);
          this.asking = { words: text, instruction };
          await this.ask(this.run, instruction);
        }
        break;
      case 'open':
        await this.openPlace(`${message.file ?? ''}:${message.line ?? 1}`);
        break;
    }
  }

  /** A place that the model named: opened only if it is a file of the workspace folder that the code is in. */
  private async openPlace(text: string): Promise<void> {
    const place = placeOf(text);
    const source = vscode.Uri.parse(this.run?.uri ?? '');
    const folder = vscode.workspace.getWorkspaceFolder(source);
    const at = place && folder ? vscode.Uri.joinPath(folder.uri, place.file) : undefined;
    if (!place || !at) {
      return;
    }
    try {
      const line = Math.max(0, place.line - 1);
      const selection = new vscode.Range(line, 0, line, 0);
      await vscode.window.showTextDocument(at, { viewColumn: vscode.ViewColumn.One, selection });
    } catch {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} is not in this workspace.', place.file));
    }
  }

  private page(webview: vscode.Webview): string {
    const nonce = crypto.randomUUID().replaceAll('-', '');
    const media = (name: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(this.context.extensionUri, 'media', name)).toString();
    return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="${media('explain.css')}">
<title>${escaped(vscode.l10n.t('Grok: Explanation'))}</title>
</head>
<body>
<header class="line"><span id="status"></span>
<button id="cancel" type="button" hidden>${escaped(vscode.l10n.t('Cancel'))}</button>
<button id="copy" type="button">${escaped(vscode.l10n.t('Copy'))}</button></header>
<main id="text" role="document" tabindex="0" aria-label="${escaped(vscode.l10n.t('Explanation'))}"><div id="before"></div><div id="answer"></div></main>
<div id="announcement" role="status"></div>
<footer>
<div class="line"><input id="question" type="text" aria-label="${escaped(vscode.l10n.t('Ask about this code'))}" placeholder="${escaped(vscode.l10n.t('Ask about this code'))}">
<button id="ask" type="button">${escaped(vscode.l10n.t('Ask'))}</button></div>
</footer>
<script nonce="${nonce}" src="${media('explain.js')}"></script>
</body>
</html>`;
  }
}

function escaped(text: string): string {
  return text.replace(/[&<>"*_`[\]]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
