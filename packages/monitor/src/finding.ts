/**
 * What a check finds: one thing that fails, under a key that stays the same for as long as it lasts. Whether people are told of
 * it, and how, the planner says. Texts may hold whatever people wrote; they are made harmless where a body is written.
 */
import type { NeedsYou, State, Time } from '@gityard/domain';

export interface Finding {
  /** `<check>:<subject>`. */
  readonly key: string;
  /** In which state the thing is. Another one is news; other words are not. */
  readonly says: string;
  readonly title: string;
  /** One sentence. */
  readonly text: string;
  /** Since when it is so; null: nobody knows, or it has lasted by its nature. */
  readonly since: Time | null;
  readonly severity: 'high' | 'normal';
  readonly facts: readonly Fact[];
  /** Command lines that help. */
  readonly remedies: readonly string[];
  readonly labels: readonly string[];
  /** False: not bad enough for a new issue, and not well enough to close one. */
  readonly opens: boolean;
}
export type Fact = readonly [name: string, value: string];

/** What a check is given: the yard as it is now, and what was worked out of it once for all of them. */
export interface Look {
  readonly state: State;
  readonly now: Time;
  readonly needs: readonly NeedsYou[];
  /** When the monitor ran before this, by the word of its host; null: nobody knows. */
  readonly lastRunAt: Time | null;
}

export interface Check {
  /** The first part of its keys. */
  readonly name: string;
  readonly find: (look: Look) => readonly Finding[];
  /** Why a subject is found no more, as a sentence; null: nothing proves that it is well. */
  readonly howItEnded: (look: Look, subject: string) => string | null;
}

export const keyOf = (check: string, subject: string): string => `${check}:${subject}`;

export function partsOfKey(key: string): { readonly check: string; readonly subject: string } {
  const [check = '', subject = ''] = key.split(/:(.*)/s);
  return { check, subject };
}

export const HEALTH_LABELS = ['automated', 'health-alert'] as const;
export const BUILD_LABELS = ['automated', 'build-failure'] as const;

/** What most findings are. */
export const aFinding = (fields: Pick<Finding, 'key' | 'says' | 'title' | 'text'> & Partial<Finding>): Finding => ({
  since: null,
  severity: 'normal',
  facts: [],
  remedies: [],
  labels: HEALTH_LABELS,
  opens: true,
  ...fields,
});
