/**
 * From what fails and what people were told, what to tell them now. Pure: the same findings and issues make the same plan, and
 * a plan that was carried out leaves nothing to do.
 */
import { elapsedMs, type Time, type YardConfig } from '@gityard/domain';
import { aFinding, type Finding, keyOf } from '../finding.ts';
import type { Issue } from '../issues/host.ts';
import { DUPLICATE, isOfYard, newMemory, OVER, toldAgain } from '../issues/marker.ts';
import type { Action } from './action.ts';
import { lasted, mayTellChange, settleMs, soFar } from './patience.ts';

export interface Situation {
  readonly findings: readonly Finding[];
  /** Those of the monitor: open ones, and what was closed lately. */
  readonly issues: readonly Issue[];
  /** Why a key is found no more; null: that is not known. */
  readonly howItEnded: (key: string) => string | null;
  readonly settings: YardConfig['monitor'];
  /** Issues of other yards are left alone. */
  readonly yardId: string | null;
  readonly now: Time;
}

/** What has no room of its own. */
const OVERFLOW = keyOf('too-many', 'issues');

export function plan(situation: Situation): readonly Action[] {
  const told = byKey(situation.issues.filter((it) => isOfYard(it.memory, situation.yardId)));
  const [kept, waiting] = sorted(situation, told);
  const room = situation.settings.mostOpen - [...told].filter(([key, it]) => key !== OVERFLOW && it.main.open).length;
  const shown = [...kept, ...waiting.slice(0, Math.max(0, room))];
  const hidden = waiting.slice(Math.max(0, room));
  const found = [...shown, ...(hidden.length > 0 ? [overflow(hidden)] : [])];
  const keys = new Set([...found, ...hidden].map((it) => it.key));
  return [
    ...[...told.values()].flatMap(({ main, others }) => others.flatMap((it) => merged(it, main))),
    ...[...told.values()].flatMap(({ main }) => (keys.has(main.memory.key) ? [] : gone(main, situation))),
    ...found.flatMap((it) => present(it, told.get(it.key)?.main, situation)),
  ];
}

interface Told {
  /** The open one with the lowest number, or else the one that was closed last. */
  readonly main: Issue;
  /** Open as well. */
  readonly others: readonly Issue[];
}

function byKey(issues: readonly Issue[]): ReadonlyMap<string, Told> {
  const groups = new Map<string, Issue[]>();
  for (const it of issues) {
    if (it.memory.says === DUPLICATE && !it.open) continue;
    groups.set(it.memory.key, [...(groups.get(it.memory.key) ?? []), it]);
  }
  return new Map([...groups].map(([key, group]) => [key, toldIn(group)]));
}

function toldIn(group: readonly Issue[]): Told {
  const open = group.filter((it) => it.open).sort((a, b) => a.number - b.number);
  const [first, ...others] = open;
  if (first) return { main: first, others };
  const [last] = [...group].sort((a, b) => ((a.closedAt ?? '') < (b.closedAt ?? '') ? 1 : -1));
  if (!last) throw new TypeError('a group has members');
  return { main: last, others: [] };
}

/** Those that have an open issue or need none, and those that would open one, worst and oldest first. */
function sorted(situation: Situation, told: ReadonlyMap<string, Told>): [Finding[], Finding[]] {
  const opens = (it: Finding) => wantsRoom(it, told.get(it.key)?.main, situation);
  const waiting = situation.findings.filter(opens).sort((a, b) => rank(a) - rank(b) || order(a, b));
  return [situation.findings.filter((it) => !opens(it)), waiting];
}

const rank = ({ severity }: Finding): number => (severity === 'high' ? 0 : 1);
const order = (a: Finding, b: Finding): number => (ageOf(a) < ageOf(b) ? -1 : 1);
const ageOf = ({ since, key }: Finding): string => `${since ?? ''} ${key}`;

function wantsRoom(finding: Finding, issue: Issue | undefined, { settings, now }: Situation): boolean {
  if (!finding.opens || issue?.open || !lasted(finding, now, settings)) return false;
  return !issue || issue.memory.says === OVER;
}

function present(finding: Finding, issue: Issue | undefined, situation: Situation): Action[] {
  const { settings, yardId, now } = situation;
  const { says } = finding;
  if (wantsRoom(finding, issue, situation)) {
    if (!issue || !isRecent(issue, situation))
      return [{ does: 'open', finding, memory: newMemory(finding.key, says, now, yardId) }];
    return [{ does: 'reopen', issue, finding, memory: toldAgain(issue.memory, says, now) }];
  }
  // Somebody closed it: then it is known, and told again only when it was over in between.
  if (!issue?.open) return [];
  const has = new Set(issue.labels.map((it) => it.toLowerCase()));
  const missing = finding.labels.filter((it) => !has.has(it));
  const labelled: Action[] = missing.length > 0 ? [{ does: 'label', issue, labels: missing }] : [];
  const { memory } = issue;
  if (finding.opens && memory.says !== says && mayTellChange(memory, now, settings))
    return [...labelled, { does: 'update', issue, finding, memory: toldAgain(memory, says, now) }];
  if (memory.wellSince !== null) return [...labelled, { does: 'note', issue, memory: { ...memory, wellSince: null } }];
  return labelled;
}

const isRecent = ({ closedAt }: Issue, { settings, now }: Situation): boolean =>
  closedAt !== null && elapsedMs(closedAt, now) < settings.reopenMinutes * 60_000;

function gone(issue: Issue, { howItEnded, settings, now }: Situation): Action[] {
  const { memory } = issue;
  // Closed and told to be over; or opened again by somebody, who will know why.
  if (memory.says === OVER) return [];
  const how = memory.key === OVERFLOW ? 'there is room for all of them again' : howItEnded(memory.key);
  if (how === null) return [];
  const over = { ...memory, says: OVER, wellSince: null };
  if (!issue.open) return [{ does: 'note', issue, memory: over }];
  const wellSince = soFar(memory.wellSince, now) ?? now;
  if (elapsedMs(wellSince, now) >= settleMs(memory, now, settings))
    return [{ does: 'close', issue, how, memory: over }];
  return memory.wellSince === wellSince ? [] : [{ does: 'note', issue, memory: { ...memory, wellSince } }];
}

function merged(issue: Issue, main: Issue): Action[] {
  return [{ does: 'merge', issue, into: main.number, memory: { ...issue.memory, says: DUPLICATE } }];
}

const MOST_NAMED = 25;

const overflow = (hidden: readonly Finding[]): Finding =>
  aFinding({
    key: OVERFLOW,
    says: 'too-many',
    title: 'more fails than there is room for',
    text: 'These have no issue of their own yet, because as many as yard.json allows are open (monitor.mostOpen).',
    severity: hidden.some((it) => it.severity === 'high') ? 'high' : 'normal',
    facts: hidden.slice(0, MOST_NAMED).map((it) => [it.key.split(':')[0] ?? '', it.text] as const),
    remedies: ['gityard status'],
  });
