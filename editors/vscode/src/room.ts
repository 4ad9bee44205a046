/** What is left of a budget. Pure. */

import type { UsageAnswer } from './wire';

export type Budget = 'open' | 'tooSmall' | 'usedUp';

/** Tokens and dollars that are left; no limit leaves any amount. */
function room({ session, today }: UsageAnswer): [tokens: number, usd: number] {
  const tokens = session.limit ? (session.remaining ?? session.limit - session.tokens) : Infinity;
  return [tokens, today.limit ? today.limit - today.costUsd : Infinity];
}

/** `refusedAt`: what was used when a job was refused. `tooSmall`: there is something left, and not more than that job found. */
export function budgetOf(now: UsageAnswer, refusedAt: UsageAnswer | undefined): Budget {
  const [tokens, usd] = room(now);
  if (tokens <= 0 || usd <= 0) {
    return 'usedUp';
  }
  if (refusedAt === undefined) {
    return 'open';
  }
  const [tokensThen, usdThen] = room(refusedAt);
  return tokens > tokensThen || usd > usdThen ? 'open' : 'tooSmall';
}
