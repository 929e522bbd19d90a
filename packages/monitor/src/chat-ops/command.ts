/** What the first line of a comment asks for: `/gityard retry 01k9x`. */
import type { CommandWish } from '@gityard/domain';

export type Asked =
  | { readonly does: 'wish'; readonly wish: CommandWish }
  | { readonly does: 'why'; readonly job: string }
  /** It is meant for us, and cannot be understood. */
  | { readonly does: 'usage'; readonly text: string };

const JOB = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const PRIORITIES: Readonly<Record<string, number>> = { critical: 1, high: 3, normal: 5, low: 8 };
export const USAGE = [
  '/gityard why <job>',
  '/gityard retry <job>',
  '/gityard cancel <job>',
  '/gityard priority <job> <1…10, 1 is first>',
];

/** undefined: it asks for nothing. */
export function askedIn(body: string): Asked | undefined {
  const [line = ''] = body.split(/\r?\n/, 1);
  const [program, verb = '', id = '', value, ...more] = line.trim().split(/\s+/);
  if (program !== '/gityard') return undefined;
  const job = id.toLowerCase();
  if (!VERBS.has(verb)) return usage(verb === '' ? 'nothing is asked for' : 'that is no command');
  if (!JOB.test(job)) return usage('a job is named by its id, or by the beginning of it');
  if (more.length > 0 || (value !== undefined && verb !== 'priority')) return usage('there are words too many');
  if (verb === 'why') return { does: 'why', job };
  if (verb !== 'priority') return wish(verb as 'retry' | 'cancel', job, {});
  const priority = PRIORITIES[value?.toLowerCase() ?? ''] ?? Number(value);
  if (!Number.isInteger(priority) || priority < 1 || priority > 10)
    return usage('a priority is 1 to 10, and 1 is first');
  return wish('prioritise', job, { priority });
}

const VERBS: ReadonlySet<string> = new Set(['retry', 'cancel', 'priority', 'why']);

const usage = (text: string): Asked => ({ does: 'usage', text });
const wish = (op: CommandWish['op'], target: string, args: CommandWish['args']): Asked => ({
  does: 'wish',
  wish: { op, target, args, if: {} },
});
