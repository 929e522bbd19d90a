/**
 * Does what was planned, one after the other. Another monitor may run at the same time: each issue is looked at again before it
 * is touched, and of two new ones for the same thing the younger gives way.
 */
import type { Time, YardConfig } from '@gityard/domain';
import type { Finding } from './finding.ts';
import type { Issue, IssueChange, IssueHost, Listing } from './issues/host.ts';
import { DUPLICATE, isOfYard, type Memory, markerOf, withMemory } from './issues/marker.ts';
import { backWords, bodyOf, changeWords, duplicateWords, overWords, titleOf } from './issues/words.ts';
import type { Action } from './plan/action.ts';
import { toldLately } from './plan/patience.ts';
import { MonitorError } from './rest/failures.ts';

export interface Work {
  readonly host: IssueHost;
  readonly yard: YardConfig;
  readonly now: Time;
  readonly newest: Listing['newest'];
}

export interface Done {
  readonly does: Action['does'];
  readonly key: string;
  /** null: none was made for it. */
  readonly issue: number | null;
  /** Somebody else had done it, or something else, in between. */
  readonly skipped: boolean;
  /** What the host refused of this one; null: nothing. */
  readonly refused: MonitorError | null;
}

type Opening = Extract<Action, { does: 'open' }>;

export async function carryOut(actions: readonly Action[], work: Work): Promise<readonly Done[]> {
  const labels = actions.flatMap((it) => (it.does === 'open' ? labelsOf(it.finding, work.yard) : []));
  if (labels.length > 0) await work.host.ensureLabels([...new Set(labels)]);
  const done: Done[] = [];
  let isAlone = true;
  for (const action of actions) {
    const it = isAlone || action.does !== 'open' ? await carryOutOne(action, work) : left(action);
    // Who lost one race would lose the next as well, a duplicate each time: the elder goes on.
    if (it.does === 'open' && it.skipped) isAlone = false;
    done.push(it);
  }
  return done;
}

const left = ({ does, memory: { key } }: Opening): Done => ({ does, key, issue: null, skipped: true, refused: null });

async function carryOutOne(action: Action, work: Work): Promise<Done> {
  if (action.does === 'open') {
    const { issue, skipped } = await open(action, work);
    return { does: 'open', key: action.memory.key, issue, skipped, refused: null };
  }
  const { number, memory } = action.issue;
  const told = { does: action.does, key: memory.key, issue: number, skipped: false, refused: null };
  try {
    const fresh = await work.host.find(number);
    if (!fresh || !isAsPlanned(fresh, action.issue)) return { ...told, skipped: true };
    await change(action, fresh, work);
    return told;
  } catch (error) {
    if (!isOfOneIssue(error)) throw error;
    return { ...told, refused: error };
  }
}

/** An issue that cannot be changed must not keep people from hearing of everything else, run after run. */
const isOfOneIssue = (error: unknown): error is MonitorError =>
  error instanceof MonitorError && !['REMOTE_UNREACHABLE', 'RATE_LIMITED'].includes(error.code);

const isAsPlanned = (fresh: Issue, planned: Issue): boolean =>
  fresh.open === planned.open && markerOf(fresh.memory) === markerOf(planned.memory);

/** What people wrote into the body stays: only what is hidden in it changes, and what is new is a comment. */
async function change(action: Exclude<Action, { does: 'open' }>, fresh: Issue, { host, now }: Work): Promise<void> {
  const { number } = fresh;
  if (action.does === 'label') return host.addLabels(number, action.labels);
  const body = withMemory(fresh.body, action.memory);
  await host.change(number, { body, ...stateAfter(action) });
  const words = wordsOf(action, now);
  if (words !== null) await host.comment(number, words);
}

function stateAfter({ does }: Action): Omit<IssueChange, 'body'> {
  if (does === 'close') return { state: 'closed', reason: 'completed' };
  if (does === 'merge') return { state: 'closed', reason: 'duplicate' };
  return does === 'reopen' ? { state: 'open' } : {};
}

function wordsOf(action: Action, now: Time): string | null {
  if (action.does === 'reopen') return backWords(action.finding, toldLately(action.memory, now));
  if (action.does === 'update') return changeWords(action.finding);
  if (action.does === 'close') return overWords(action.how, now);
  return action.does === 'merge' ? duplicateWords(action.into) : null;
}

async function open({ finding, memory }: Opening, work: Work): Promise<{ issue: number; skipped: boolean }> {
  const { host, yard } = work;
  const body = bodyOf(finding, memory, yard);
  const issue = await host.create({
    title: titleOf(finding, yard),
    body,
    labels: labelsOf(finding, yard),
    assignees: yard.monitor.assignees,
  });
  const elder = await elderOf(issue, memory, work);
  if (elder === null) return { issue, skipped: false };
  await host.change(issue, {
    body: withMemory(body, { ...memory, says: DUPLICATE }),
    state: 'closed',
    reason: 'duplicate',
  });
  await host.comment(issue, duplicateWords(elder));
  return { issue, skipped: true };
}

const MOST_LOOKED_AT = 30;

/**
 * Whoever opened the same since we looked has a number between the newest that we saw and our own. Looking at those is surer
 * than another listing, which hosts bring up to date late. The elder has nothing to do, so one of the two always stays.
 */
async function elderOf(issue: number, memory: Memory, { host, newest }: Work): Promise<number | null> {
  const first = Math.max(newest + 1, issue - MOST_LOOKED_AT);
  for (let number = first; number < issue; number++) {
    const other = await host.find(number);
    if (other?.open && other.memory.key === memory.key && isOfYard(other.memory, memory.yard)) return number;
  }
  return null;
}

const labelsOf = ({ labels, severity }: Finding, { monitor }: YardConfig): string[] => [
  ...new Set([...labels, ...(severity === 'high' ? ['priority-high'] : []), ...monitor.labels]),
];
