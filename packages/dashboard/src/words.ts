/** The word and the tone of every status that the page shows: one place, so that no panel invents its own. */
import type { Health, JobStatus, Stage } from '@gityard/domain';

/** The tones of `styles.ts`, each with a shape of its own, so that colour is never alone. */
export type Tone = 'ok' | 'run' | 'wait' | 'bad' | 'stuck' | 'silent' | 'off';

export interface Word {
  readonly tone: Tone;
  readonly word: string;
}

export const JOB_WORDS: Readonly<Record<JobStatus, Word>> = {
  queued: { tone: 'wait', word: 'Queued' },
  claimed: { tone: 'run', word: 'Claimed' },
  running: { tone: 'run', word: 'Running' },
  succeeded: { tone: 'ok', word: 'Succeeded' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'off', word: 'Cancelled' },
  expired: { tone: 'off', word: 'Expired' },
};

/** The health of a server, unless it said goodbye. */
export type Standing = Health | 'stopped';

export const STANDING_WORDS: Readonly<Record<Standing, Word>> = {
  fresh: { tone: 'ok', word: 'Up' },
  late: { tone: 'wait', word: 'Late' },
  silent: { tone: 'silent', word: 'Silent' },
  unknown: { tone: 'off', word: 'Unknown' },
  stopped: { tone: 'off', word: 'Stopped' },
};

export const STAGE_TONES: Readonly<Record<Stage['status'], Tone | undefined>> = {
  Pending: undefined,
  Running: 'run',
  Succeeded: 'ok',
  Failed: 'bad',
  Skipped: 'off',
  Cancelled: 'off',
};

/** Silent first: what is worst must be seen without scrolling. */
export const STANDING_ORDER: readonly Standing[] = ['silent', 'late', 'unknown', 'fresh', 'stopped'];
