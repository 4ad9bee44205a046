/** Whether a server and this extension understand each other. Pure. */

/** The oldest server that answers everything that this extension asks. */
export const OLDEST_SERVER = '0.1.0';

export function isAtLeast(version: string, oldest: string): boolean {
  const numbers = (text: string): number[] => text.split(/[.\-+a-z]/).slice(0, 3).map(Number);
  const [have, need] = [numbers(version), numbers(oldest)];
  for (let at = 0; at < 3; at++) {
    const difference = (have[at] ?? 0) - (need[at] ?? 0);
    if (difference !== 0) {
      return difference > 0;
    }
  }
  return true;
}

/** How long to wait before start number `crash` (from 1) after a crash, in ms; `undefined`: give up. */
export function backoffMs(crash: number): number | undefined {
  return crash > 5 ? undefined : Math.min(1000 * 2 ** (crash - 1), 16_000);
}
