/** Wiring only. Activation does nothing that waits: the server starts behind it. */

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { Commands } from './commands';
import { Explanations } from './explain';
import { Jobs } from './jobs';
import { Key } from './key';
import { livePreview } from './live';
import { Pages } from './pages';
import { Placeholders } from './placeholders';
import { Review } from './review';
import { Server } from './server';
import { SettingsReader } from './settings';
import { Status } from './status';
import { UsageView } from './usage';
import { asRunAction, REVIEW, RUN } from './wire';

let server: Server | undefined;
let log: vscode.LogOutputChannel | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel('Grok', { log: true });
  log = channel;
  const key = new Key(context.secrets);
  const settings = new SettingsReader(context.extension.packageJSON);
  const jobs = new Jobs();
  const pages = new Pages();
  const placeholders = new Placeholders();
  const review = new Review(context, jobs);
  const middleware: Middleware = {
    executeCommand: async (command, args: unknown[], next) => {
      const run = command === RUN ? asRunAction(args[0]) : undefined;
      if (run) {
        return commands.run(run);
      }
      const answer: unknown = await next(command, args);
      if (command === REVIEW) {
        review.soon();
      }
      return answer;
    },
    provideCodeActions: (document, range, about, token, next) => whileRunning(() => next(document, range, about, token)),
    provideCodeLenses: (document, token, next) => whileRunning(() => next(document, token)),
    workspace: {
      configuration: (params) =>
        params.items.map((item) =>
          item.section === 'grok'
            ? settings.forServer(item.scopeUri ? vscode.Uri.parse(item.scopeUri) : undefined).settings
            : null,
        ),
    },
  };
  server = new Server(context, channel, key, settings, middleware, (client) => jobs.attach(client));
  const started = server;
  const status = new Status(started, jobs);
  const parts = { context, log: channel, key, server, jobs, review, pages, placeholders, status, usage: new UsageView(context) };
  const commands = new Commands(parts);
  const restart = (): void => void started.restart();
  context.subscriptions.push(
    pages,
    placeholders,
    jobs,
    review,
    started,
    ...commands.register(),
    status,
    livePreview(jobs, pages),
    new Explanations(context, jobs, async (run, instruction) => {
      // Without a version: the code may have changed since the first question.
      const { uri, range } = run;
      await commands.run({ action: 'explain', uri, range, instruction });
    }),
    key.onChange(restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (settings.needsRestart(event)) {
        restart();
      }
    }),
  );
  restart();
}

/** A menu that is asked for while the server stops or restarts is empty, and no error. */
async function whileRunning<T>(ask: () => vscode.ProviderResult<T>): Promise<T | null | undefined> {
  const running = (): boolean => server?.client?.isRunning() ?? false;
  if (!running()) {
    return undefined;
  }
  try {
    return await ask();
  } catch (error) {
    if (running()) {
      throw error;
    }
    return undefined;
  }
}

export async function deactivate(): Promise<void> {
  await server?.stop();
  // Not with the subscriptions: they are disposed while the server still stops, and what it says then has to go somewhere.
  log?.dispose();
}
