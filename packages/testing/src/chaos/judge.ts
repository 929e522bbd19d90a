/** Holds what people were promised against what a run left behind. Pure: it looks at evidence and asks nobody. */
import { type Ack, isTag } from './acks.ts';
import type { Evidence, JobRecord } from './evidence.ts';

/** Each list names what is wrong, in words; all empty is the only good verdict. */
export interface Verdict {
  /** Promised, and not there. */
  readonly lost: readonly string[];
  /** There, or ended, more than once. */
  readonly doubled: readonly string[];
  /** A result that was accepted although it was not made under the token of the last holder. */
  readonly stale: readonly string[];
  /** Two who held one lock at a time, or under one token. */
  readonly overlaps: readonly string[];
  readonly unfinished: readonly string[];
}

const ENDED = new Set(['succeeded', 'failed', 'cancelled', 'expired']);

export function judge(evidence: Evidence, acks: readonly Ack[]): Verdict {
  const { jobs, lock } = evidence;
  return {
    lost: acks.filter((ack) => !isThere(evidence, ack)).map(({ kind, tag, id }) => `${kind} ${tag} (${id ?? 'no id'})`),
    doubled: [...sameTags(evidence), ...jobs.flatMap((job) => endedTwice(evidence, job))],
    stale: [...lateFinishes(evidence), ...jobs.flatMap((job) => foreignResult(evidence, job))],
    overlaps: overlapsIn(lock),
    unfinished: jobs.filter((it) => !ENDED.has(it.status)).map((it) => `job ${it.id} is ${it.status}`),
  };
}

export function isClean(verdict: Verdict): boolean {
  return Object.values(verdict).every((list) => list.length === 0);
}

function isThere({ jobs, messages }: Evidence, { kind, tag, id }: Ack): boolean {
  if (kind === 'message') return messages.some((it) => it.id === id && it.subject === tag);
  return jobs.some((it) => it.parameters.tag === tag && (id === null || it.id === id));
}

function sameTags({ jobs, messages }: Evidence): string[] {
  const tags = [...jobs.flatMap((it) => it.parameters.tag ?? []), ...messages.map((it) => it.subject).filter(isTag)];
  return [...repeated(tags), ...repeated(jobs.map((it) => it.id))].map((it) => `${it} is there more than once`);
}

function endedTwice({ operations }: Evidence, { id, attempts }: JobRecord): string[] {
  const finishes = operations.filter((it) => it.operation === 'finish' && it.job === id);
  const twice = repeated(finishes.map((it) => `${it.token}`)).map((it) => `job ${id} was finished twice under ${it}`);
  const succeeded = attempts.filter((it) => it.status === 'succeeded').length;
  return succeeded > 1 ? [...twice, `job ${id} succeeded ${succeeded} times`] : twice;
}

/** In the order of the history: once a job was claimed again, nobody finishes it under an older token. */
function lateFinishes({ operations }: Evidence): string[] {
  const tokens = new Map<string, number>();
  const late: string[] = [];
  for (const { operation, job, token } of operations) {
    if (operation === 'claim') tokens.set(job, Math.max(token, tokens.get(job) ?? 0));
    const last = tokens.get(job) ?? 0;
    if (operation === 'finish' && token !== last) late.push(`job ${job} was finished under ${token} after ${last}`);
  }
  return late;
}

/** What is called a success was really brought to its end under that very token. */
function foreignResult({ marks }: Evidence, { id, status, token, attempts }: JobRecord): string[] {
  if (status !== 'succeeded') return [];
  const success = attempts.find((it) => it.status === 'succeeded');
  if (success?.token !== token) return [`job ${id} has the result of token ${success?.token}, not ${token}`];
  const mark = marks.get(`${id}.${token}`) ?? [];
  return mark.join() === 'begun,ended' ? [] : [`job ${id} succeeded under ${token}, which left: ${mark.join() || '–'}`];
}

function overlapsIn(lock: readonly string[]): string[] {
  const begun = lock.filter((line) => line.startsWith('begin '));
  const twice = repeated(begun).map((it) => `${it}: a token that was given twice`);
  const between = lock.flatMap((line, at) => {
    const next = lock[at + 1];
    // A holder that was stopped leaves no end; but nobody's end may come after another one's beginning.
    return line.startsWith('begin ') && next?.startsWith('end ') && next.slice(4) !== line.slice(6)
      ? [`${next} after ${line}`]
      : [];
  });
  return [...twice, ...between];
}

function repeated(words: readonly string[]): string[] {
  return [...new Set(words.filter((word, at) => words.indexOf(word) !== at))];
}
