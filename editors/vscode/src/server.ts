/** The life of the server: found, started with the key in its environment, started again after a crash, stopped. */

import { accessSync, constants, statSync } from 'node:fs';
import * as os from 'node:os';
import * as vscode from 'vscode';
import type { LanguageClient, LanguageClientOptions, Middleware } from 'vscode-languageclient/node';
import { findServer, type Found } from './find';
import { privateEnvironment } from './install';
import type { Key } from './key';
import { keyVariable, serverPath, type SettingsReader } from './settings';
import { variables } from './split';
import { backoffMs, isAtLeast, OLDEST_SERVER } from './version';

export type State = 'stopped' | 'starting' | 'ready' | 'missing' | 'failed';

/** After this long without a crash the count of crashes begins anew. */
const STABLE_MS = 60_000;
/** A session's token count goes on for so long after its last use, over restarts of the server and reloads of the window. */
const SESSION_MS = 8 * 3600_000;
/** A command that comes while the server starts waits for it so long: on a slow machine a start takes some seconds. */
const READY_MS = 15_000;

export class Server implements vscode.Disposable {
  client: LanguageClient | undefined;
  found: Found | undefined;
  private state: State = 'stopped';
  private crashes = 0;
  private startedAt = 0;
  private timer: NodeJS.Timeout | undefined;
  private queue: Promise<void> = Promise.resolve();
  private readonly changed = new vscode.EventEmitter<State>();
  readonly onState = this.changed.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly key: Key,
    private readonly settings: SettingsReader,
    private readonly middleware: Middleware,
    private readonly attach: (client: LanguageClient) => void,
  ) {}

  get is(): State {
    return this.state;
  }

  /** The client once all starts and stops that were asked for are done; `undefined` if there is none then, or not in time. */
  async ready(): Promise<LanguageClient | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, READY_MS)));
    await Promise.race([this.queue, late]);
    clearTimeout(timer);
    return this.state === 'ready' ? this.client : undefined;
  }

  /** Starts and stops come one after the other, whoever asks for them. */
  restart(): Promise<void> {
    this.crashes = 0;
    return this.enqueue(() => this.startNow());
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.changed.dispose();
  }

  stop(): Promise<void> {
    clearTimeout(this.timer);
    return this.enqueue(() => this.stopNow());
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(work, work);
    return this.queue;
  }

  private become(state: State): void {
    this.state = state;
    void vscode.commands.executeCommand('setContext', 'grok-ls.ready', state === 'ready');
    this.changed.fire(state);
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.isRunning()) {
      await client.stop(5000).catch((error: unknown) => this.log.warn(String(error)));
    }
    await client?.dispose().catch(() => undefined);
    this.become('stopped');
  }

  private async startNow(): Promise<void> {
    clearTimeout(this.timer);
    await this.stopNow();
    const found = this.find();
    if (found === undefined || 'missing' in found) {
      this.found = undefined;
      this.become('missing');
      void this.sayMissing(found?.missing);
      return;
    }
    this.found = found;
    this.log.info(`starting ${found.command} (${found.origin})`);
    this.become('starting');
    const client = await this.build(found.command);
    this.client = client;
    this.startedAt = Date.now();
    try {
      await client.start();
    } catch (error) {
      this.log.error(String(error));
      if (this.client === client) {
        this.failed();
      }
      return;
    }
    if (this.client === client && client.isRunning()) {
      this.shakeHands(client);
    }
  }

  private async build(command: string): Promise<LanguageClient> {
    // The largest part of this extension: only now, so that no other extension waits for it.
    const { CloseAction, ErrorAction, LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const options: LanguageClientOptions = {
      documentSelector: [{ scheme: 'file' }, { scheme: 'untitled' }, { notebook: '*' }],
      initializationOptions: {
        grok: { ...this.settings.atStart(), stream: true, sessionId: await this.session() },
      },
      outputChannel: this.log,
      middleware: this.middleware,
      // What the user has to know we say ourselves, once and with a button.
      initializationFailedHandler: () => false,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          this.crashed();
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    };
    const client = new LanguageClient(
      'grok',
      'Grok',
      { command, transport: TransportKind.stdio, options: { env: await this.environment() } },
      options,
    );
    this.attach(client);
    return client;
  }

  /** The editor's own environment without what is meant for the editor, and with the key. Nothing of it is logged. */
  async environment(): Promise<Record<string, string | undefined>> {
    const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
    const key = await this.key.get();
    return { ...Object.fromEntries(kept), ...(key ? { [keyVariable()]: key } : {}) };
  }

  /** For the server's command line, which knows no editor: with the user's settings. A variable that is set wins, as in the server. */
  async commandEnvironment(): Promise<Record<string, string | undefined>> {
    return { ...variables(this.settings.forServer().machine), ...(await this.environment()) };
  }

  private find(): ReturnType<typeof findServer> {
    return findServer({
      setting: serverPath(),
      trusted: vscode.workspace.isTrusted,
      folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
      home: os.homedir(),
      privateFolder: privateEnvironment(this.context),
      environment: process.env,
      windows: process.platform === 'win32',
      isExecutable: (file) => {
        try {
          accessSync(file, constants.X_OK);
          return statSync(file).isFile();
        } catch {
          return false;
        }
      },
    });
  }

  /** One budget for this workspace, whatever is restarted. */
  private async session(): Promise<string> {
    const kept = this.context.workspaceState.get<{ id: string; usedAt: number }>('session');
    const id = kept && Date.now() - kept.usedAt < SESSION_MS ? kept.id : `vscode-${crypto.randomUUID()}`;
    await this.context.workspaceState.update('session', { id, usedAt: Date.now() });
    return id;
  }

  private shakeHands(client: LanguageClient): void {
    const info = client.initializeResult?.serverInfo;
    if (info?.name !== 'grok-ls') {
      this.become('failed');
      void this.ask(vscode.l10n.t('{0} is not grok-ls; correct the setting grok.server.path.', this.found?.command ?? ''));
    } else if (!isAtLeast(info.version ?? '0', OLDEST_SERVER)) {
      this.become('failed');
      const told = vscode.l10n.t(
        'This extension needs grok-ls {0} or newer, but {1} is {2}; update it with "pip install --upgrade grok-ls" and restart.',
        OLDEST_SERVER,
        this.found?.command ?? '',
        info.version ?? '?',
      );
      void this.ask(told);
    } else {
      this.log.info(`grok-ls ${info.version ?? ''} answers`);
      this.become('ready');
    }
  }

  private crashed(): void {
    if (this.state === 'ready' || this.state === 'starting') {
      this.failed();
    }
  }

  private failed(): void {
    this.crashes = Date.now() - this.startedAt > STABLE_MS ? 1 : this.crashes + 1;
    const wait = backoffMs(this.crashes);
    this.become('failed');
    if (wait === undefined) {
      void this.ask(vscode.l10n.t('The Grok server keeps stopping; the log says why.'));
      return;
    }
    this.log.warn(`the server stopped; starting it again in ${wait} ms`);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.enqueue(() => this.startNow()), wait);
  }

  private async ask(told: string): Promise<void> {
    const [log, restart] = [vscode.l10n.t('Show Log'), vscode.l10n.t('Restart')];
    const choice = await vscode.window.showErrorMessage(told, log, restart);
    if (choice === log) {
      this.log.show();
    } else if (choice === restart) {
      await this.restart();
    }
  }

  private async sayMissing(setting: string | undefined): Promise<void> {
    if (setting !== undefined) {
      const open = vscode.l10n.t('Open Settings');
      const told = vscode.l10n.t('{0}, the setting grok.server.path, is no program; correct it or leave it empty.', setting);
      if ((await vscode.window.showErrorMessage(told, open)) === open) {
        await vscode.commands.executeCommand('workbench.action.openSettings', 'grok.server.path');
      }
      return;
    }
    const [install, choose] = [vscode.l10n.t('Install'), vscode.l10n.t('Choose…')];
    const told = vscode.l10n.t(
      'Grok needs its language server, grok-ls, and did not find it. Install puts it into a private environment of this extension.',
    );
    const choice = await vscode.window.showWarningMessage(told, install, choose);
    if (choice === install) {
      await vscode.commands.executeCommand('grok-ls.install');
    } else if (choice === choose) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'grok.server.path');
    }
  }
}
