/** The words of a previewed request that stand for what stays on this machine: marked, and told about by the mouse. */

import * as vscode from 'vscode';
import type { Placeholder } from './wire';

export class Placeholders implements vscode.Disposable {
  /** By document. */
  private readonly words = new Map<string, Placeholder[]>();
  private look: vscode.TextEditorDecorationType | undefined;
  private readonly disposables: vscode.Disposable[] = [];

  dispose(): void {
    this.look?.dispose();
    this.disposables.forEach((each) => void each.dispose());
  }

  /** In this document, now and whenever its text comes or it is shown again. */
  mark(uri: vscode.Uri, placeholders: Placeholder[]): void {
    this.begin();
    this.words.set(uri.toString(), placeholders);
    this.draw(vscode.window.visibleTextEditors);
  }

  private begin(): void {
    if (this.look) {
      return;
    }
    this.look = vscode.window.createTextEditorDecorationType({
      backgroundColor: new vscode.ThemeColor('grok.placeholderBackground'),
      border: '1px solid',
      borderColor: new vscode.ThemeColor('grok.placeholderBorder'),
      borderRadius: '3px',
      overviewRulerColor: new vscode.ThemeColor('grok.placeholderBorder'),
    });
    this.disposables.push(
      vscode.window.onDidChangeVisibleTextEditors((editors) => this.draw(editors)),
      vscode.workspace.onDidChangeTextDocument(({ document }) =>
        this.draw(vscode.window.visibleTextEditors.filter((editor) => editor.document === document)),
      ),
      vscode.workspace.onDidCloseTextDocument((document) => this.words.delete(document.uri.toString())),
    );
  }

  private draw(editors: readonly vscode.TextEditor[]): void {
    for (const editor of editors) {
      const words = this.words.get(editor.document.uri.toString());
      if (words && this.look) {
        editor.setDecorations(this.look, words.flatMap((each) => marks(editor.document, each)));
      }
    }
  }
}

function marks(document: vscode.TextDocument, { word, kind }: Placeholder): vscode.DecorationOptions[] {
  const text = document.getText();
  const hoverMessage = new vscode.MarkdownString().appendText(
    vscode.l10n.t('Stands for a value that does not leave your machine: {0}', kind),
  );
  const found: vscode.DecorationOptions[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    found.push({ range: new vscode.Range(document.positionAt(at), document.positionAt(at + word.length)), hoverMessage });
  }
  return found;
}
