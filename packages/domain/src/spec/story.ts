/** Plays a run of moves from an empty yard, as `@gityard/yard` would: each accepted operation is one commit of one actor. */

import { applyChanges } from '../apply-changes.ts';
import type { AuditedOperation, Changed } from '../audit/rule.ts';
import type { Accepted, Decision } from '../decision.ts';
import { type Change, isEntityChange, type State } from '../state.ts';
import { after, type Time } from '../time.ts';
import { frozen } from './frozen.ts';
import { playByHand } from './hand-moves.ts';
import { MOVES, type Played, play } from './moves.ts';
import { aNotification } from './samples.ts';
import { noon, world } from './world.ts';

/** The first number moves the time, the second chooses between operation and hand, the others are thrown by the moves. */
export type Throws = readonly number[];

export interface Scene {
  readonly before: State;
  readonly after: State;
  readonly now: Time;
  readonly changed: readonly Changed[];
  /** Null when a person did it. */
  readonly played: (Played & { readonly decision: Decision<unknown> }) | null;
  readonly operations: readonly AuditedOperation[];
}

const PAUSES_MS = [0, 1_000, 1_000, 1_000, 10_000, 10_000, 60_000, 600_000, 10_800_000] as const;

export function* story(run: readonly Throws[]): IterableIterator<Scene> {
  let state = frozen(opening());
  let now = noon;
  for (const [at, throws] of run.entries()) {
    const [pause = 0, hand = 0, ...rest] = throws;
    now = after(now, PAUSES_MS[pause % PAUSES_MS.length] ?? 0);
    const scene = hand % 5 === 0 ? byHand(state, now, rest) : byOperation({ state, now, id: idOf(at) }, rest);
    yield scene;
    state = frozen(scene.after);
  }
}

/** The last state of a run, and the time. */
export function endOf(run: readonly Throws[]): { readonly state: State; readonly now: Time } {
  const last = [...story(run)].at(-1);
  return last ? { state: last.after, now: last.now } : { state: opening(), now: noon };
}

/** What each kind of move would do at the end of a run. */
export function* nextOf(run: readonly Throws[]): IterableIterator<Scene> {
  const { state, now } = endOf(run);
  const [, , , ...rest] = run.at(-1) ?? [];
  for (const at of MOVES.keys()) yield byOperation({ state, now, id: 'next' }, [at, ...rest]);
}

const idOf = (at: number): string => `j${String(at).padStart(3, '0')}`;
const opening = (): State =>
  world()
    .agent('a1', { boot: 'boot1', labels: ['xcode', 'gpu'], slots: 2 })
    .agent('a2', { boot: 'boot1', slots: 2 })
    .beat('a1')
    .job('q1', { group: 'g1' })
    .job('q2', { group: 'g1', priority: 1 })
    .job('q3', { locks: ['l1'] })
    // As an import brings it: with a token, and without the attempts that raised it.
    .job('q4', { token: 4 })
    .yard({ notifications: [aNotification('ops')] }).state;

function byHand(before: State, now: Time, throws: Throws): Scene {
  const { state, changes } = playByHand(before, now, throws);
  return { before, after: state, now, changed: changedBy(changes), played: null, operations: [] };
}

function byOperation(setting: { state: State; now: Time; id: string }, throws: Throws): Scene {
  const { state: before, now } = setting;
  const played = play(setting, throws);
  frozen(played.input);
  const decision = played.decide(before);
  const unmoved = { before, after: before, now, changed: [], operations: [], played: { ...played, decision } };
  if (!decision.ok || decision.changes.length === 0) return unmoved;

  const operation = {
    ...told(decision),
    operation: played.name,
    transaction: `tester.b.${countOf(before) + 1}`,
    actor: 'tester',
  };
  const changes = [...decision.changes, counted(before)];
  return { ...unmoved, after: applyChanges(before, changes), changed: changedBy(changes), operations: [operation] };
}

const told = ({ subject }: Accepted<unknown>) => ({
  agent: subject.agent ?? null,
  job: subject.job ?? null,
  lock: subject.lock ?? null,
  message: subject.message ?? null,
  token: subject.token ?? null,
});

const countOf = ({ actors }: State): number => actors.get('tester')?.operations ?? 0;

function counted(state: State): Change {
  const operations = countOf(state) + 1;
  return { kind: 'actor', id: 'tester', value: { schemaVersion: 1, id: 'tester', operations, boot: 'b' } };
}

const changedBy = (changes: readonly Change[]): readonly Changed[] =>
  changes.flatMap((it): Changed[] => {
    if (it.kind === 'archive') return [{ kind: it.of, id: it.id, removed: true }];
    return isEntityChange(it) ? [{ kind: it.kind, id: it.id }] : [];
  });
