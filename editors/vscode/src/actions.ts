/** From a cursor or selection to a `RunAction`, and from a result to words. */

import * as vscode from 'vscode';
import type { CodeAction, Command, LanguageClient } from 'vscode-languageclient/node';
import type { Result, RunAction } from './wire';

/** What a command acts on: the selection, or the line of the cursor. */
export function runOn(client: LanguageClient, editor: vscode.TextEditor, action: string, range: vscode.Range): RunAction {
  const convert = client.code2ProtocolConverter;
  return {
    action,
    uri: convert.asUri(editor.document.uri),
    range: convert.asRange(range),
    version: editor.document.version,
  };
}

/** All diagnostics over the selection or the line, whoever reported them; `everywhere`: of the whole file. */
export function problemsOf(editor: vscode.TextEditor, everywhere: boolean): vscode.Diagnostic[] {
  const all = vscode.languages.getDiagnostics(editor.document.uri);
  const { selection, document } = editor;
  const here = selection.isEmpty ? document.lineAt(selection.active.line).range : selection;
  return everywhere ? all : all.filter((problem) => problem.range.intersection(here) !== undefined);
}

export function wholeOf(document: vscode.TextDocument): vscode.Range {
  return new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
}

/** The innermost function, method or class around the cursor, where a language extension knows it; else the line. */
export async function definitionAt(editor: vscode.TextEditor): Promise<vscode.Range> {
  const { selection, document } = editor;
  if (!selection.isEmpty) {
    return selection;
  }
  const command = 'vscode.executeDocumentSymbolProvider';
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(command, document.uri);
  return innermost(symbols ?? [], selection.active) ?? document.lineAt(selection.active.line).range;
}

const DEFINITIONS = new Set([
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Enum,
]);

function innermost(symbols: vscode.DocumentSymbol[], at: vscode.Position): vscode.Range | undefined {
  for (const symbol of symbols) {
    // Some providers give flat SymbolInformation, which has no `range`.
    if ('range' in symbol && symbol.range.contains(at)) {
      return innermost(symbol.children, at) ?? (DEFINITIONS.has(symbol.kind) ? symbol.range : undefined);
    }
  }
  return undefined;
}

export interface Recipe {
  label: string;
  run: RunAction;
}

const RECIPES = 'refactor.rewrite.grok.recipe';

/** The named refactorings that apply here: the server gives them only to who asks for their kind. */
export async function recipesAt(client: LanguageClient, editor: vscode.TextEditor): Promise<Recipe[]> {
  const convert = client.code2ProtocolConverter;
  const found = await client.sendRequest<(Command | CodeAction)[] | null>('textDocument/codeAction', {
    textDocument: convert.asTextDocumentIdentifier(editor.document),
    range: convert.asRange(editor.selection),
    context: { diagnostics: [], only: [RECIPES], triggerKind: 1 /* invoked by the user */ },
  });
  return (found ?? []).flatMap((action) => {
    const run = typeof action.command === 'object' ? (action.command.arguments?.[0] as RunAction | undefined) : undefined;
    const disabled = 'disabled' in action;
    return run && !disabled ? [{ label: action.title.replace('Grok: Refactor: ', ''), run }] : [];
  });
}

/** What a job is called while it runs. A user's own action goes by its name. */
export function titleOf(action: string): string {
  const known: Record<string, string> = {
    fix: vscode.l10n.t('Grok: Fix'),
    refactor: vscode.l10n.t('Grok: Refactor'),
    explain: vscode.l10n.t('Grok: Explain'),
    document: vscode.l10n.t('Grok: Document'),
    tests: vscode.l10n.t('Grok: Generate Tests'),
  };
  return known[action] ?? vscode.l10n.t('Grok: {0}', action);
}

/** The outcome, where the user does not see it anyway. Each failure comes with the button that helps. */
export async function tell(result: Result, log: vscode.LogOutputChannel): Promise<void> {
  if (result.status === 'cancelled' || result.status === 'applied' || result.status === 'review') {
    vscode.window.setStatusBarMessage(`$(sparkle) ${result.message}`, 8000);
    return;
  }
  if (result.status === 'explained' || result.status === 'started') {
    return;
  }
  const buttons: Record<string, [label: string, command: string, ...args: unknown[]]> = {
    budget_exceeded: [vscode.l10n.t('Show Usage'), 'grok-ls.usage'],
    auth: [vscode.l10n.t('Set API Key'), 'grok-ls.setApiKey'],
    config: [vscode.l10n.t('Open Settings'), 'workbench.action.openSettings', 'grok.'],
    internal: [vscode.l10n.t('Show Log'), 'grok-ls.log'],
    unavailable: [vscode.l10n.t('Doctor'), 'grok-ls.doctor'],
  };
  const button = buttons[result.code ?? ''];
  const labels = button ? [button[0]] : [];
  const show =
    result.status === 'unchanged'
      ? vscode.window.showInformationMessage
      : result.status === 'refused'
        ? vscode.window.showWarningMessage
        : vscode.window.showErrorMessage;
  log.info(`${result.status} ${result.code ?? ''}`);
  const choice = await show(result.message, ...labels);
  if (button && choice === button[0]) {
    await vscode.commands.executeCommand(...(button.slice(1) as [string, ...unknown[]]));
  }
}

/** Generated tests are a new document that nobody has to keep; where to save it is the user's to say. */
export async function openTests(result: Result, source: string): Promise<void> {
  if (result.status === 'explained' && result.markdown) {
    const { firstBlock } = await import('./markdown');
    const { code, language } = firstBlock(result.markdown);
    const of = vscode.workspace.textDocuments.find((each) => each.uri.toString() === vscode.Uri.parse(source).toString());
    const known = await vscode.languages.getLanguages();
    const languageId = known.includes(language) ? language : (of?.languageId ?? 'plaintext');
    const document = await vscode.workspace.openTextDocument({ content: code, language: languageId });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  }
}
