/** Wiring only. Activation does nothing that waits: the server starts behind it. */

import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient/node';
import { Commands } from './commands';
import { Explanations } from './explain';
import { Jobs } from './jobs';
import { Key } from './key';
import { livePreview } from './live';
import { Pages } from './pages';
import { Review } from './review';
import { Server } from './server';
import { SettingsReader } from './settings';
import { Status } from './status';
import { UsageView } from './usage';
import { asRunAction, REVIEW, RUN } from './wire';

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Grok', { log: true });
  const key = new Key(context.secrets);
  const settings = new SettingsReader(context.extension.packageJSON);
  const jobs = new Jobs();
  const pages = new Pages();
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
    workspace: {
      configuration: (params) =>
        params.items.map((item) =>
          item.section === 'grok'
            ? settings.forServer(item.scopeUri ? vscode.Uri.parse(item.scopeUri) : undefined).settings
            : null,
        ),
    },
  };
  server = new Server(context, log, key, settings, middleware, (client) => jobs.attach(client));
  const parts = { context, log, key, server, jobs, review, pages, usage: new UsageView(context) };
  const commands = new Commands(parts);
  const started = server;
  const restart = (): void => void started.restart();
  context.subscriptions.push(
    log,
    pages,
    jobs,
    review,
    started,
    ...commands.register(),
    new Status(started, jobs),
    livePreview(jobs, pages),
    new Explanations(context, jobs, async (run, question) => {
      // Without a version: the code may have changed since the first question.
      const { uri, range } = run;
      await commands.run({ action: 'explain', uri, range, instruction: question });
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

export async function deactivate(): Promise<void> {
  await server?.stop();
}
