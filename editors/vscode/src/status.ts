/** The status bar: what Grok does, what it cost, and a menu. */

import * as vscode from 'vscode';
import { titleOf } from './actions';
import type { JobEvent, Jobs } from './jobs';
import { type Budget, budgetOf } from './room';
import type { Server } from './server';
import { EXECUTE, money, USAGE, type UsageAnswer } from './wire';

/** How often it is looked whether what is warned of has passed; nothing is asked of the model for it. */
const LOOK_AGAIN_MS = 30_000;

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('grok-ls.status', vscode.StatusBarAlignment.Right, 90);
  private usage: UsageAnswer | undefined;
  private model = '';
  /** What was used when the budget refused the last job. */
  private refusedAt: UsageAnswer | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly disposables: { dispose: () => unknown }[];
  private drawn = '';

  constructor(
    private readonly server: Server,
    private readonly jobs: Jobs,
  ) {
    this.item.name = 'Grok';
    this.item.command = 'grok-ls.menu';
    this.disposables = [
      this.item,
      server.onState((state) => {
        this.draw();
        if (state === 'ready') {
          void this.refresh();
        }
      }),
      jobs.onEvent((event) => this.heard(event)),
    ];
    this.draw();
    this.item.show();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.forEach((each) => void each.dispose());
  }

  private heard(event: JobEvent): void {
    if (event.kind === 'end') {
      this.model = event.result?.usage?.servedModel ?? event.result?.usage?.model ?? this.model;
      void this.ended(event.result?.code === 'budget_exceeded');
    }
    if (event.kind !== 'text' && event.kind !== 'diff' && event.kind !== 'reasoning') {
      this.draw();
    }
  }

  private async ended(refused: boolean): Promise<void> {
    this.refusedAt = undefined;
    await this.refresh();
    if (refused) {
      this.refusedAt = this.usage;
      this.draw();
    }
  }

  /** Asks the server what was used and whether the endpoint answers, and shows it. */
  async refresh(): Promise<void> {
    const client = this.server.client;
    if (client && this.server.is === 'ready') {
      try {
        const params = { command: USAGE, arguments: [] };
        this.usage = await client.sendRequest<UsageAnswer>(EXECUTE, params);
      } catch {
        return; // it stopped meanwhile, and its state says so
      }
      this.draw();
    }
  }

  get budget(): Budget {
    return this.usage ? budgetOf(this.usage, this.refusedAt) : 'open';
  }

  private draw(): void {
    const [text, told, isWarning] = this.look();
    const tooltip = this.tooltip(told);
    // Set again, even to the same, a tooltip that is open may stay when the mouse has gone.
    if (this.drawn !== text + tooltip) {
      this.drawn = text + tooltip;
      this.item.text = text;
      this.item.backgroundColor = isWarning ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
      this.item.accessibilityInformation = { label: told, role: 'button' };
      this.item.tooltip = new vscode.MarkdownString().appendText(tooltip);
    }
    clearTimeout(this.timer);
    if (isWarning && this.server.is === 'ready') {
      this.timer = setTimeout(() => void this.refresh(), LOOK_AGAIN_MS);
    }
  }

  private look(): [text: string, told: string, isWarning: boolean] {
    const job = this.jobs.all[0];
    const state = this.server.is;
    if (state === 'missing') {
      return ['$(warning) Grok', vscode.l10n.t('Grok: the language server is not installed'), true];
    }
    if (state === 'failed') {
      return ['$(error) Grok', vscode.l10n.t('Grok: the language server stopped'), true];
    }
    if (state !== 'ready') {
      return ['$(circle-outline) Grok', vscode.l10n.t('Grok: starting'), false];
    }
    if (job) {
      const title = titleOf(job.run.action);
      return [`$(loading~spin) ${title}`, vscode.l10n.t('Grok works: {0}', job.phase || title), false];
    }
    if (this.budget === 'usedUp') {
      return ['$(credit-card) Grok: budget', vscode.l10n.t('Grok: the budget is used up'), true];
    }
    if (this.budget === 'tooSmall') {
      const told = vscode.l10n.t('Grok: the last request did not fit into the budget; a smaller one may');
      return ['$(credit-card) Grok: budget', told, true];
    }
    if (this.usage?.breaker === 'open') {
      return ['$(debug-disconnect) Grok: offline', vscode.l10n.t('Grok: the endpoint does not answer'), true];
    }
    return ['$(sparkle) Grok', vscode.l10n.t('Grok: ready'), false];
  }

  private tooltip(told: string): string {
    const lines = [told];
    if (this.usage) {
      const { session, today } = this.usage;
      const limit = session.limit ? ` / ${session.limit.toLocaleString()}` : '';
      lines.push(vscode.l10n.t('Session: {0} tokens, {1}', `${session.tokens.toLocaleString()}${limit}`, money(session.costUsd)));
      lines.push(vscode.l10n.t('Today: {0} of {1}', money(today.costUsd), money(today.limit)));
    }
    if (this.model) {
      lines.push(vscode.l10n.t('Last answer by {0}', this.model));
    }
    return lines.join('\n');
  }
}
