/** The palette: each command is one function here. */

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { definitionAt, openTests, problemsOf, type Recipe, recipesAt, runOn, tell, titleOf, wholeOf } from './actions';
import { install } from './install';
import type { Jobs } from './jobs';
import type { Key } from './key';
import type { Pages } from './pages';
import type { Placeholders } from './placeholders';
import type { Review } from './review';
import type { Server } from './server';
import { packageToInstall } from './settings';
import type { Status } from './status';
import { commandLine, type UsageView } from './usage';
import { EXECUTE, money, PREVIEW, RESET_BUDGET, type PreviewAnswer, type Result, type RunAction } from './wire';

const RECENT = 'recentInstructions';
const RECENT_KEPT = 20;

export interface Parts {
  context: vscode.ExtensionContext;
  log: vscode.LogOutputChannel;
  key: Key;
  server: Server;
  jobs: Jobs;
  review: Review;
  pages: Pages;
  placeholders: Placeholders;
  status: Status;
  usage: UsageView;
}

export class Commands {
  constructor(private readonly parts: Parts) {}

  register(): vscode.Disposable[] {
    const { log, jobs, review, server, key } = this.parts;
    const table: Record<string, (...args: never[]) => unknown> = {
      fix: () => this.fix(false),
      fixFile: () => this.fix(true),
      refactor: () => this.refactor(),
      explain: () => this.onDefinition('explain'),
      tests: () => this.onDefinition('tests'),
      document: () => this.onDefinition('document'),
      cancel: () => jobs.cancelAll(),
      preview: () => this.preview(),
      usage: () => this.withServer((command) => this.showUsage(command)),
      resetBudget: () => this.resetBudget(),
      log: () => log.show(),
      restart: () => server.restart(),
      doctor: () => this.withServer((command) => this.doctor(command)),
      setApiKey: () => this.setKey(),
      removeApiKey: () => key.remove(),
      install: () => this.install(),
      keepAll: () => review.decideAll('keep'),
      discardAll: () => review.decideAll('discard'),
      nextHunk: () => review.step(true),
      previousHunk: () => review.step(false),
      menu: () => this.menu(),
    };
    return Object.entries(table).map(([name, run]) => vscode.commands.registerCommand(`grok-ls.${name}`, run));
  }

  /** Runs `run` visibly and tells how it ended. What the lightbulb starts comes here too. */
  async run(run: RunAction): Promise<Result | undefined> {
    const client = await this.client();
    if (!client) {
      return undefined;
    }
    try {
      const result = await this.parts.jobs.start(client, run, titleOf(run.action));
      if (result && run.action === 'tests') {
        await openTests(result, run.uri);
      }
      if (result) {
        void tell(result, this.parts.log);
      }
      return result;
    } catch (error) {
      this.parts.log.error(String(error));
      const told = client.isRunning()
        ? vscode.l10n.t('The Grok server could not take the request: {0}', messageOf(error))
        : vscode.l10n.t('The Grok server stopped before it was done; nothing was changed. It is started again.');
      void this.withLog(told);
      return undefined;
    }
  }

  private async withLog(told: string): Promise<void> {
    const show = vscode.l10n.t('Show Log');
    if ((await vscode.window.showErrorMessage(told, show)) === show) {
      this.parts.log.show();
    }
  }

  private async client(): Promise<LanguageClient | undefined> {
    const { server } = this.parts;
    const client = await server.ready();
    if (client) {
      return client;
    }
    const restart = vscode.l10n.t('Restart');
    const told =
      server.is === 'missing'
        ? vscode.l10n.t('Grok has no language server yet.')
        : vscode.l10n.t('The Grok server is not running yet; try again in a moment.');
    void vscode.window.showWarningMessage(told, restart).then((choice) => (choice === restart ? server.restart() : undefined));
    return undefined;
  }

  private async here(): Promise<{ client: LanguageClient; editor: vscode.TextEditor } | undefined> {
    const editor = vscode.window.activeTextEditor;
    if (!editor) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and put the cursor where Grok should work.'));
      return undefined;
    }
    const client = await this.client();
    return client && { client, editor };
  }

  private async fix(everywhere: boolean): Promise<void> {
    const at = await this.here();
    if (!at) {
      return;
    }
    const problems = problemsOf(at.editor, everywhere);
    if (problems.length === 0) {
      const refactor = vscode.l10n.t('Refactor…');
      const told = everywhere
        ? vscode.l10n.t('No tool reports a problem in this file; Refactor… takes your own words.')
        : vscode.l10n.t('No tool reports a problem on this line; Refactor… takes your own words.');
      if ((await vscode.window.showInformationMessage(told, refactor)) === refactor) {
        await this.refactor();
      }
      return;
    }
    const first = problems[0]?.range ?? at.editor.selection;
    const range = everywhere ? wholeOf(at.editor.document) : problems.reduce((all, each) => all.union(each.range), first);
    const diagnostics = problems.map((problem) => at.client.code2ProtocolConverter.asDiagnostic(problem));
    await this.run({ ...runOn(at.client, at.editor, 'fix', range), diagnostics });
  }

  private async refactor(): Promise<void> {
    const at = await this.here();
    if (!at) {
      return;
    }
    const run = runOn(at.client, at.editor, 'refactor', await definitionAt(at.editor));
    const chosen = await this.askInstruction(await recipesAt(at.client, at.editor));
    if (chosen !== undefined) {
      await this.run(typeof chosen === 'string' ? { ...run, ...(chosen ? { instruction: chosen } : {}) } : chosen);
    }
  }

  /** Free text, with the named refactorings and the recent words below it; `undefined` if the user left. */
  private async askInstruction(recipes: Recipe[]): Promise<string | RunAction | undefined> {
    const state = this.parts.context.globalState;
    const recent = state.get<string[]>(RECENT, []);
    const pick = vscode.window.createQuickPick();
    pick.title = vscode.l10n.t('Grok: Refactor');
    pick.placeholder = vscode.l10n.t('What should change? Nothing means: make it simpler and clearer.');
    const offer = (): void => {
      const typed = pick.value.trim();
      const own = typed ? [{ label: typed, description: vscode.l10n.t('Refactor so'), alwaysShow: true }] : [];
      const none = typed ? [] : [{ label: '', description: vscode.l10n.t('Make it simpler and clearer'), alwaysShow: true }];
      const others = recent.filter((each) => each !== typed);
      const named = recipes.map(({ label }) => ({ label, iconPath: new vscode.ThemeIcon('lightbulb') }));
      const again = others.map((label) => ({ label, iconPath: new vscode.ThemeIcon('history') }));
      pick.items = [...own, ...none, ...again, ...named];
    };
    offer();
    pick.onDidChangeValue(offer);
    const chosen = await new Promise<string | RunAction | undefined>((resolve) => {
      pick.onDidAccept(() => {
        // Who types fast presses Enter before the list has followed: then the words count, not the entry that is still marked.
        const marked = pick.activeItems.find((item) => pick.items.includes(item));
        const named = marked?.iconPath && recipes.find(({ label }) => label === marked.label && !recent.includes(label));
        resolve(named ? named.run : (marked?.label ?? pick.value.trim()));
        pick.hide();
      });
      pick.onDidHide(() => resolve(undefined));
      pick.show();
    });
    pick.dispose();
    if (chosen && typeof chosen === 'string') {
      await state.update(RECENT, [chosen, ...recent.filter((each) => each !== chosen)].slice(0, RECENT_KEPT));
    }
    return chosen;
  }

  private async onDefinition(action: string): Promise<void> {
    const at = await this.here();
    if (at) {
      await this.run(runOn(at.client, at.editor, action, await definitionAt(at.editor)));
    }
  }

  private async preview(): Promise<void> {
    const at = await this.here();
    const offered = [
      { label: vscode.l10n.t('Fix'), action: 'fix' },
      { label: vscode.l10n.t('Refactor'), action: 'refactor' },
      { label: vscode.l10n.t('Explain'), action: 'explain' },
      { label: vscode.l10n.t('Document'), action: 'document' },
      { label: vscode.l10n.t('Generate Tests'), action: 'tests' },
    ];
    const chosen = at && (await vscode.window.showQuickPick(offered, {
      title: vscode.l10n.t('Grok: Preview Request'),
      placeHolder: vscode.l10n.t('Which request do you want to see? Nothing is sent.'),
    }));
    if (!at || !chosen) {
      return;
    }
    const { action } = chosen;
    const run = runOn(at.client, at.editor, action, await definitionAt(at.editor));
    const problems = action === 'fix' ? problemsOf(at.editor, false) : [];
    const diagnostics = problems.map((problem) => at.client.code2ProtocolConverter.asDiagnostic(problem));
    const params = { command: PREVIEW, arguments: [{ ...run, diagnostics }] };
    const answer = await at.client.sendRequest<PreviewAnswer>(EXECUTE, params);
    if (answer.status) {
      void vscode.window.showWarningMessage(answer.message ?? answer.markdown);
      return;
    }
    const uri = this.parts.pages.uri(`Grok request (${action}).md`);
    this.parts.pages.write(uri, answer.markdown);
    await this.parts.pages.show(uri, { viewColumn: vscode.ViewColumn.Beside, preview: true });
    this.parts.placeholders.mark(uri, answer.placeholders ?? []);
    const most = answer.maxCostUsd === null ? '?' : money(answer.maxCostUsd);
    const told = vscode.l10n.t('About {0} tokens, at most {1}. Nothing was sent.', answer.inputTokens, most);
    vscode.window.setStatusBarMessage(told, 10_000);
  }

  /** The server asks first; what is left then is shown at once. */
  private async resetBudget(): Promise<void> {
    await (await this.client())?.sendRequest(EXECUTE, { command: RESET_BUDGET, arguments: [] });
    await this.parts.status.refresh();
  }

  private async withServer(then: (command: string) => Promise<void>): Promise<void> {
    const command = this.parts.server.found?.command;
    if (command === undefined) {
      await this.client();
      return;
    }
    try {
      await then(command);
    } catch (error) {
      this.parts.log.error(String(error));
      void vscode.window.showErrorMessage(vscode.l10n.t('The Grok server did not answer: {0}', messageOf(error)));
    }
  }

  private async showUsage(command: string): Promise<void> {
    await this.parts.usage.show(commandLine(command, await this.parts.server.commandEnvironment()));
  }

  private async doctor(command: string): Promise<void> {
    const uri = this.parts.pages.uri('Grok doctor.txt');
    this.parts.pages.write(uri, await commandLine(command, await this.parts.server.commandEnvironment())('doctor'));
    // Not in the place of the walkthrough's page, which offers it.
    await this.parts.pages.show(uri, { preview: false });
  }

  private async setKey(): Promise<void> {
    if (await this.parts.key.ask()) {
      vscode.window.setStatusBarMessage(vscode.l10n.t('The key is stored.'), 5000);
    }
  }

  private async install(): Promise<void> {
    await this.parts.server.stop();
    await install(this.parts.context, packageToInstall(), this.parts.log);
    await this.parts.server.restart();
  }

  private async menu(): Promise<void> {
    const entries: [icon: string, label: string, command: string, when?: boolean][] = [
      ['circle-slash', vscode.l10n.t('Cancel'), 'cancel', this.parts.jobs.all.length > 0],
      ['credit-card', vscode.l10n.t('Reset Session Budget'), 'resetBudget', this.parts.status.budget !== 'open'],
      ['wrench', vscode.l10n.t('Fix'), 'fix'],
      ['edit', vscode.l10n.t('Refactor…'), 'refactor'],
      ['book', vscode.l10n.t('Explain'), 'explain'],
      ['graph', vscode.l10n.t('Show Usage'), 'usage'],
      ['eye', vscode.l10n.t('Preview Request'), 'preview'],
      ['key', vscode.l10n.t('Set API Key'), 'setApiKey'],
      ['pulse', vscode.l10n.t('Doctor'), 'doctor'],
      ['output', vscode.l10n.t('Show Log'), 'log'],
      ['cloud-download', vscode.l10n.t('Install Server'), 'install', this.parts.server.is === 'missing'],
      ['debug-restart', vscode.l10n.t('Restart'), 'restart'],
    ];
    const items = entries
      .filter(([, , , when]) => when !== false)
      .map(([icon, label, command]) => ({ label: `$(${icon}) ${label}`, command }));
    const chosen = await vscode.window.showQuickPick(items, { title: 'Grok' });
    if (chosen) {
      await vscode.commands.executeCommand(`grok-ls.${chosen.command}`);
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
