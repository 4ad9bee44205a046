/** Hunks that wait for a decision. Which they are is the server's to say (code lenses); this draws them and walks among them. */

import { diffLines } from 'diff';
import * as vscode from 'vscode';
import type { Job, Jobs } from './jobs';
import { EXECUTE, REVIEW, type ReviewArgument } from './wire';

const LOOK_AGAIN_MS = 150;

interface Hunk {
  jobId: string;
  line: number;
}

interface Change {
  line: number;
  added: number;
  removed: string[];
}

export class Review implements vscode.Disposable {
  /** By document: the text before the edit under review. */
  private readonly before = new Map<string, string>();
  private readonly hunks = new Map<string, Hunk[]>();
  private timer: NodeJS.Timeout | undefined;
  private readonly added: vscode.TextEditorDecorationType;
  private readonly removed: vscode.TextEditorDecorationType;
  private readonly disposables: { dispose: () => unknown }[];

  constructor(
    context: vscode.ExtensionContext,
    private readonly jobs: Jobs,
  ) {
    const icon = (name: string): vscode.Uri => vscode.Uri.joinPath(context.extensionUri, 'media', name);
    this.added = vscode.window.createTextEditorDecorationType({
      isWholeLine: true,
      backgroundColor: new vscode.ThemeColor('diffEditor.insertedLineBackground'),
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.addedForeground'),
      gutterIconPath: icon('added.svg'),
      gutterIconSize: 'contain',
    });
    this.removed = vscode.window.createTextEditorDecorationType({
      after: { color: new vscode.ThemeColor('editorCodeLens.foreground'), margin: '0 0 0 3em', fontStyle: 'italic' },
      overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.deletedForeground'),
    });
    this.disposables = [
      this.added,
      this.removed,
      jobs.onEvent((event) => {
        if (event.kind === 'end' && event.result?.status === 'review') {
          this.begin(event.job);
        }
      }),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (this.before.has(event.document.uri.toString())) {
          this.soon();
        }
      }),
      vscode.workspace.onDidCloseTextDocument((document) => this.forget(document.uri.toString())),
      vscode.window.onDidChangeActiveTextEditor(() => this.soon()),
    ];
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.forEach((each) => void each.dispose());
  }

  /** To the next (or previous) hunk, around the end. */
  step(forward: boolean): void {
    const editor = vscode.window.activeTextEditor;
    const lines = this.hunksOf(editor).map((hunk) => hunk.line);
    if (!editor || lines.length === 0) {
      return;
    }
    const here = editor.selection.active.line;
    const next = forward ? (lines.find((line) => line > here) ?? lines[0]) : (lines.findLast((line) => line < here) ?? lines.at(-1));
    const at = new vscode.Position(next ?? 0, 0);
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  /** Keep or discard all hunks of the active document. */
  async decideAll(decision: ReviewArgument['decision']): Promise<void> {
    const client = this.jobs.client;
    const jobIds = new Set(this.hunksOf(vscode.window.activeTextEditor).map((hunk) => hunk.jobId));
    for (const jobId of jobIds) {
      const argument: ReviewArgument = { jobId, hunk: null, decision };
      await client?.sendRequest(EXECUTE, { command: REVIEW, arguments: [argument] });
    }
    this.soon();
  }

  /** After a decision the server's lenses say what is still open. */
  soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), LOOK_AGAIN_MS);
  }

  private hunksOf(editor: vscode.TextEditor | undefined): Hunk[] {
    return this.hunks.get(editor?.document.uri.toString() ?? '') ?? [];
  }

  private begin(job: Job): void {
    const document = vscode.workspace.textDocuments.find((each) => this.jobs.uri(each) === job.run.uri);
    const key = document?.uri.toString() ?? '';
    // In the middle of a review the text before its first edit is the one to compare with.
    if (document && !this.before.has(key)) {
      this.before.set(key, job.texts.at(-2) ?? job.texts.at(-1) ?? document.getText());
    }
    this.soon();
  }

  private forget(key: string): void {
    this.before.delete(key);
    this.hunks.delete(key);
    this.setContext();
  }

  private async look(): Promise<void> {
    for (const editor of vscode.window.visibleTextEditors) {
      const key = editor.document.uri.toString();
      if (this.before.has(key)) {
        const hunks = await openHunks(editor.document.uri);
        this.hunks.set(key, hunks);
        this.draw(editor, hunks);
        if (hunks.length === 0) {
          this.forget(key);
        }
      }
    }
    this.setContext();
  }

  private draw(editor: vscode.TextEditor, hunks: Hunk[]): void {
    const document = editor.document;
    const open = new Set(hunks.map((hunk) => hunk.line));
    const changes = changesBetween(this.before.get(document.uri.toString()) ?? '', document.getText());
    const shown = changes.filter((change) => open.has(Math.min(change.line, document.lineCount - 1)));
    const last = document.lineCount - 1;
    editor.setDecorations(
      this.added,
      shown
        .filter((change) => change.added > 0)
        .map((change) => new vscode.Range(change.line, 0, Math.min(change.line + change.added - 1, last), 0)),
    );
    editor.setDecorations(
      this.removed,
      shown.filter((change) => change.removed.length > 0).map((change) => removedLines(change, document)),
    );
  }

  private setContext(): void {
    const reviewing = this.hunksOf(vscode.window.activeTextEditor).length > 0;
    void vscode.commands.executeCommand('setContext', 'grok-ls.reviewing', reviewing);
  }
}

function removedLines(change: Change, document: vscode.TextDocument): vscode.DecorationOptions {
  const line = document.lineAt(Math.min(change.line, document.lineCount - 1));
  const first = change.removed[0]?.trim() ?? '';
  const words = change.removed.length === 1 ? `− ${first}` : `− ${first} … (${change.removed.length})`;
  const before = new vscode.MarkdownString(vscode.l10n.t('Before:'));
  before.appendCodeblock(change.removed.join('\n'), document.languageId);
  return {
    range: new vscode.Range(line.range.end, line.range.end),
    hoverMessage: before,
    renderOptions: { after: { contentText: words.length > 80 ? `${words.slice(0, 79)}…` : words } },
  };
}

async function openHunks(uri: vscode.Uri): Promise<Hunk[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>('vscode.executeCodeLensProvider', uri);
  const found = new Map<string, Hunk>();
  for (const lens of lenses ?? []) {
    const argument = lens.command?.arguments?.[0] as ReviewArgument | undefined;
    if (lens.command?.command === REVIEW && typeof argument?.hunk === 'number') {
      found.set(`${argument.jobId} ${argument.hunk}`, { jobId: argument.jobId, line: lens.range.start.line });
    }
  }
  return [...found.values()].sort((a, b) => a.line - b.line);
}

/** What differs now from the text before the edit, by lines of the text now. */
function changesBetween(before: string, now: string): Change[] {
  const changes: Change[] = [];
  let line = 0;
  let open: Change | undefined;
  for (const part of diffLines(before, now, { stripTrailingCr: true })) {
    if (!part.added && !part.removed) {
      line += part.count;
      open = undefined;
      continue;
    }
    if (!open) {
      open = { line, added: 0, removed: [] };
      changes.push(open);
    }
    if (part.added) {
      open.added += part.count;
      line += part.count;
    } else {
      open.removed.push(...part.value.replace(/\r?\n$/, '').split(/\r?\n/));
    }
  }
  return changes;
}
