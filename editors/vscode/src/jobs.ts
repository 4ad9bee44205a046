/** Jobs that this window runs: asked for, followed, cancelled, ended. Others show them; this knows them. */

import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { CANCEL, EXECUTE, RUN, STREAM, type Result, type RunAction, type Stream } from './wire';

export class Job {
  id: string | undefined;
  phase = '';
  readonly token = crypto.randomUUID();
  /** The text before each change while the job ran, newest last: one of them is the text before its edit. */
  readonly texts: string[] = [];

  constructor(
    readonly run: RunAction,
    private readonly client: LanguageClient,
  ) {}

  cancel(): void {
    void this.client.sendNotification('window/workDoneProgress/cancel', { token: this.token });
  }
}

export interface JobEvent {
  job: Job;
  kind: 'begin' | 'status' | 'reasoning' | 'text' | 'diff' | 'end';
  delta: string;
  result?: Result;
}

const KEPT_TEXTS = 50;

export class Jobs implements vscode.Disposable {
  private readonly running = new Set<Job>();
  private readonly happened = new vscode.EventEmitter<JobEvent>();
  readonly onEvent = this.happened.event;
  private readonly watching: vscode.Disposable;
  client: LanguageClient | undefined;

  constructor() {
    this.watching = vscode.workspace.onDidChangeTextDocument((event) => {
      for (const job of this.running) {
        if (event.contentChanges.length > 0 && job.run.uri === this.uri(event.document)) {
          job.texts.push(event.document.getText());
          job.texts.splice(0, job.texts.length - KEPT_TEXTS);
        }
      }
    });
  }

  dispose(): void {
    this.watching.dispose();
    this.happened.dispose();
  }

  get all(): readonly Job[] {
    return [...this.running];
  }

  uri(document: vscode.TextDocument): string {
    return this.client?.code2ProtocolConverter.asUri(document.uri) ?? document.uri.toString();
  }

  attach(client: LanguageClient): void {
    this.client = client;
    client.onNotification(STREAM, (message: Stream) => this.heard(message));
  }

  /** Runs a `grok.run` with a visible progress that can be cancelled. Its outcome is told by whoever listens. */
  async start(client: LanguageClient, run: RunAction, title: string): Promise<Result | undefined> {
    const job = new Job(run, client);
    const document = vscode.workspace.textDocuments.find((each) => this.uri(each) === run.uri);
    if (document) {
      job.texts.push(document.getText());
    }
    this.running.add(job);
    this.setContext();
    let result: Result | undefined;
    try {
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
      result = await vscode.window.withProgress(options, (progress, cancelled) =>
        this.request(client, job, progress, cancelled),
      );
      return result;
    } finally {
      this.running.delete(job);
      this.setContext();
      this.happened.fire({ job, kind: 'end', delta: '', ...(result ? { result } : {}) });
    }
  }

  private async request(
    client: LanguageClient,
    job: Job,
    progress: vscode.Progress<{ message?: string }>,
    cancelled: vscode.CancellationToken,
  ): Promise<Result> {
    const { WorkDoneProgress } = await import('vscode-languageclient/node');
    const reports = client.onProgress(WorkDoneProgress.type, job.token, (value) => {
      if (value.kind !== 'end' && value.message) {
        job.phase = value.message;
        progress.report({ message: value.message });
        this.happened.fire({ job, kind: 'status', delta: value.message });
      }
    });
    const stop = cancelled.onCancellationRequested(() => job.cancel());
    try {
      const params = { command: RUN, arguments: [job.run], workDoneToken: job.token };
      return await client.sendRequest<Result>(EXECUTE, params);
    } finally {
      reports.dispose();
      stop.dispose();
    }
  }

  /** Cancels all jobs of this window; the server answers each with `cancelled`. */
  async cancelAll(): Promise<void> {
    if (this.client?.isRunning()) {
      await this.client.sendRequest(EXECUTE, { command: CANCEL, arguments: [] });
    }
  }

  private heard(message: Stream): void {
    const job = this.jobOf(message);
    // The end comes with the answer of the command, which is there even if a stream is not.
    if (job && message.kind !== 'end' && message.kind !== 'status') {
      this.happened.fire({ job, kind: message.kind, delta: message.delta ?? '' });
    }
  }

  /** The first message of a job names its action and document; the oldest such run without a name is meant. */
  private jobOf(message: Stream): Job | undefined {
    const known = this.all.find((job) => job.id === message.jobId);
    if (known) {
      return known;
    }
    const { action, uri } = message;
    const job = this.all.find((each) => each.id === undefined && each.run.action === action && each.run.uri === uri);
    if (job) {
      job.id = message.jobId;
    }
    return job;
  }

  private setContext(): void {
    void vscode.commands.executeCommand('setContext', 'grok-ls.running', this.running.size > 0);
    // As the editor's `resourcePath` names them: the path of a file on this machine, of the URI on a remote one.
    const uris = this.all.map((job) => vscode.Uri.parse(job.run.uri));
    const paths = uris.flatMap((uri) => [uri.fsPath, uri.path]);
    void vscode.commands.executeCommand('setContext', 'grok-ls.runningPaths', paths);
  }
}
