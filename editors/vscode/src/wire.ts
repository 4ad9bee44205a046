/** The server's own shapes, as `docs/protocol.md` describes them. */

import type { Diagnostic, Range } from 'vscode-languageclient/node';

export interface RunAction {
  action: string;
  uri: string;
  range: Range;
  version?: number;
  diagnostics?: Diagnostic[];
  instruction?: string;
}

export type Status =
  | 'started'
  | 'applied'
  | 'review'
  | 'explained'
  | 'unchanged'
  | 'cancelled'
  | 'refused'
  | 'failed';

export interface Usage {
  model: string;
  servedModel: string | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costUsd: number | null;
  estimated: boolean;
}

export interface Result {
  jobId: string;
  status: Status;
  message: string;
  code: string | null;
  edit: { files: number; hunks: number; added: number; removed: number } | null;
  markdown: string | null;
  usage: Usage | null;
  redactions: { secrets: number; personal: number };
}

export interface Stream {
  jobId: string;
  action: string;
  uri: string;
  kind: 'begin' | 'status' | 'reasoning' | 'text' | 'diff' | 'end';
  delta?: string;
  seq: number;
  result?: Result;
}

export interface UsageAnswer {
  session: { tokens: number; limit: number; remaining: number | null; costUsd: number };
  today: { costUsd: number; limit: number };
  jobs: { jobId: string; action: string; uri: string; phase: string }[];
  breaker: 'closed' | 'open' | 'half-open';
}

/** A word in a previewed request that stands for something else; `kind` in words. */
export interface Placeholder {
  word: string;
  kind: string;
  places: number;
}

export interface PreviewAnswer {
  markdown: string;
  inputTokens: number;
  maxCostUsd: number | null;
  redactions: { secrets: number; personal: number };
  /** An older server has none. */
  placeholders?: Placeholder[];
  status?: Status;
  code?: string;
  message?: string;
}

export interface ReviewArgument {
  jobId: string;
  hunk: number | null;
  decision: 'keep' | 'discard';
}

/** By name: the client's own constants would have the whole client loaded at once. */
export const EXECUTE = 'workspace/executeCommand';
export const RUN = 'grok.run';
export const CANCEL = 'grok.cancel';
export const USAGE = 'grok.usage';
export const PREVIEW = 'grok.preview';
export const REVIEW = 'grok.review';
export const RESET_BUDGET = 'grok.resetBudget';
export const STREAM = 'grok/stream';

/** A lightbulb hands us whatever the server put there; trust its shape no further than needed. */
export function asRunAction(value: unknown): RunAction | undefined {
  const raw = value as Partial<RunAction> | null | undefined;
  return typeof raw?.action === 'string' && typeof raw.uri === 'string' && raw.range !== undefined
    ? (raw as RunAction)
    : undefined;
}

/** Dollars as people read them: never `$0.00` for something that was not free. */
export function money(usd: number): string {
  return usd === 0 || usd >= 0.1 ? `$${usd.toFixed(2)}` : `$${usd.toFixed(4)}`;
}
