/**
 * Everything that can be found by typing: made once for a snapshot with its texts lowered beforehand, so that each key
 * goes over 10,000 entries in a few milliseconds. Pure.
 */
import type { ReadModel } from '@gityard/domain';
import type { Wish } from '../actions/wish.ts';
import { repositoryName } from '../format.ts';
import { hrefOf } from '../router.ts';
import { isHeld, type JobRow, jobRevision, jobTitle } from '../rows.ts';

type EntryKind = 'Page' | 'Server' | 'Job' | 'Message' | 'Lock' | 'Branch' | 'Act';

export interface Entry {
  readonly kind: EntryKind;
  readonly title: string;
  readonly detail: string;
  /** What choosing it does: go there, wish it, or run a word of the frame. */
  readonly href?: string;
  readonly wish?: Wish;
  readonly run?: string;
  readonly lowered: string;
}

type Told = Omit<Entry, 'lowered'>;

export function entriesOf(model: ReadModel, fixed: readonly Told[]): readonly Entry[] {
  const jobs = [...model.jobs, ...model.finished];
  return [
    ...fixed,
    ...model.agents.map(
      ({ id, pool, status, host }): Told => ({
        kind: 'Server',
        title: id,
        detail: [pool, status, host].filter(Boolean).join(', '),
        href: hrefOf(['servers', id]),
      }),
    ),
    ...jobs.map(jobEntry),
    ...model.messages.map(
      ({ id, subject, from, to }): Told => ({
        kind: 'Message',
        title: subject || 'no subject',
        detail: `${from} to ${to}`,
        href: hrefOf(['messages', id]),
      }),
    ),
    ...model.locks.map(
      ({ name, holder }): Told => ({
        kind: 'Lock',
        title: name,
        detail: holder === null ? 'free' : `held by ${holder}`,
        href: hrefOf(['locks', name]),
      }),
    ),
    ...branchesOf(jobs),
    ...actsOf(model),
  ].map((told) => ({ ...told, lowered: `${told.title} ${told.detail}`.toLowerCase() }));
}

function jobEntry(job: JobRow): Told {
  const detail = [jobRevision(job), job.status, job.agent === null ? '' : `on ${job.agent}`, job.id].filter(Boolean);
  return { kind: 'Job', title: jobTitle(job), detail: detail.join(', '), href: hrefOf(['jobs', job.id]) };
}

function branchesOf(jobs: readonly JobRow[]): readonly Told[] {
  const known = new Map<string, Told>();
  for (const { repository, branch } of jobs) {
    if (branch === null) continue;
    const of = repository === null ? '' : repositoryName(repository);
    known.set(`${of} ${branch}`, {
      kind: 'Branch',
      title: branch,
      detail: of,
      href: hrefOf(['branches'], { q: branch }),
    });
  }
  return [...known.values()];
}

/** Each sort of act that fits a thing as it is now. */
function actsOf(model: ReadModel): readonly Told[] {
  const name = (job: JobRow) => `${jobTitle(job)} ${jobRevision(job)}`.trim();
  const act = (title: string, detail: string, wish: Wish): Told => ({ kind: 'Act', title, detail, wish });
  return [
    act('Add a job', 'to the queue', { job: {} }),
    ...model.jobs.map((job) => act(`Cancel ${name(job)}`, job.id, { op: 'cancel', target: job.id })),
    ...model.jobs
      .filter((job) => !isHeld(job))
      .map((job) => act(`Prioritise ${name(job)}`, job.id, { op: 'prioritise', target: job.id })),
    ...model.finished
      .filter(({ status, parent }) => status !== 'succeeded' && parent === null)
      .map((job) => act(`Retry ${name(job)}`, job.id, { op: 'retry', target: job.id })),
    ...model.agents.flatMap(({ id, mode }) =>
      mode === 'draining' || mode === 'maintenance'
        ? [act(`Resume ${id}`, 'let it take jobs again', { op: 'resume', target: id })]
        : [
            act(`Drain ${id}`, 'finish what it has, take no more', { op: 'drain', target: id }),
            act(`Maintenance of ${id}`, 'it takes no jobs, on purpose', { op: 'maintain', target: id }),
          ],
    ),
    ...model.locks
      .filter(({ holders }) => holders > 0)
      .map(({ name: lock, holder }) =>
        act(`Break lock ${lock}`, `held by ${holder}`, { op: 'break-lock', target: lock }),
      ),
  ];
}

/** The best first. Every word must be found: as it stands, best at the start of a word, or with letters left out. */
export function found(entries: readonly Entry[], query: string, atMost: number): readonly Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries.slice(0, atMost);
  const scored: { readonly entry: Entry; readonly score: number }[] = [];
  for (const entry of entries) {
    let score = 0;
    for (const word of words) {
      const of = wordScore(entry.lowered, word);
      if (of === 0) {
        score = 0;
        break;
      }
      score += of;
    }
    // What a person looks for is a thing more often than an act on it.
    if (score > 0) scored.push({ entry, score: score - (entry.kind === 'Act' ? 15 : 0) });
  }
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, atMost)
    .map(({ entry }) => entry);
}

function wordScore(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 120;
  if (at > 0) {
    const startsWord = /[^\p{L}\p{N}]/u.test(text.charAt(at - 1)) || text.includes(` ${word}`);
    return (startsWord ? 90 : 60) - Math.min(at, 40) / 2;
  }
  return word.length < 3 ? 0 : letterScore(text, word);
}

/** `cldst` finds `cloudstack`: its letters in order, and not too far apart. */
function letterScore(text: string, word: string): number {
  const first = text.indexOf(word.charAt(0));
  let at = first;
  for (let next = 1; next < word.length; next++) {
    at = text.indexOf(word.charAt(next), at + 1);
    if (at === -1) return 0;
  }
  const spread = at - first + 1;
  return first === -1 || spread > word.length * 3 ? 0 : 30 - spread + word.length;
}
