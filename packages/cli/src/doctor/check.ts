/** One question of the doctor, and its answer. */
import type { Context } from '../context.ts';
import type { RunbookHeading } from './runbook.ts';

/** `warn`: it works, and will not for ever. `skip`: there is nothing here to look at, or no way to. */
export type Verdict = 'ok' | 'warn' | 'fail' | 'skip';

export interface Finding {
  /** Nothing failed; what was left out did not. */
  readonly ok: boolean;
  readonly verdict: Verdict;
  readonly text: string;
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null;
}

export interface Check {
  readonly name: string;
  /** What it looks at, where its name does not say it. */
  readonly looks?: string;
  /** `yard` = it makes no sense while the yard cannot be reached. */
  readonly asks: 'machine' | 'yard';
  /** Where the runbook says more. */
  readonly runbook?: RunbookHeading;
  /** Ends soon after the signal is aborted, or is left behind. */
  readonly run: (context: Context, signal: AbortSignal) => Promise<Finding>;
}

export const fine = (text: string): Finding => ({ ok: true, verdict: 'ok', text, remedy: null });
export const doubtful = (text: string, remedy: string): Finding => ({ ok: true, verdict: 'warn', text, remedy });
export const wrong = (text: string, remedy: string): Finding => ({ ok: false, verdict: 'fail', text, remedy });
export const skipped = (text: string): Finding => ({ ok: true, verdict: 'skip', text, remedy: null });
