/** Read-only documents that only this window has: what would be sent, and the edit as it is written. */

import * as vscode from 'vscode';

export const SCHEME = 'grok-page';
/** Redrawing more often would cost more than anybody could read. */
const REDRAW_MS = 100;

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly due = new Map<string, NodeJS.Timeout>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registered = [
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.uri.scheme === SCHEME) {
        this.texts.delete(document.uri.path);
      }
    }),
  ];

  dispose(): void {
    this.due.forEach((timer) => clearTimeout(timer));
    this.registered.forEach((each) => void each.dispose());
    this.changed.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.path) ?? '';
  }

  /** The name's extension gives the language. */
  uri(name: string): vscode.Uri {
    return vscode.Uri.from({ scheme: SCHEME, path: `/${name}` });
  }

  write(uri: vscode.Uri, text: string): void {
    this.texts.set(uri.path, text);
    if (!this.due.has(uri.path)) {
      const redraw = (): void => {
        this.due.delete(uri.path);
        this.changed.fire(uri);
      };
      this.due.set(uri.path, setTimeout(redraw, REDRAW_MS));
    }
  }

  async show(uri: vscode.Uri, options: vscode.TextDocumentShowOptions): Promise<void> {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, options);
  }

  async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.path === uri.path && tab.input.uri.scheme === SCHEME);
    await vscode.window.tabGroups.close(ours, true);
  }
}
