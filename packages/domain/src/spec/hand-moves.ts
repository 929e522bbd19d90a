/** What happens without an operation: agents give signs of life, people drop files and edit what they should rather not. */

import { applyChanges } from '../apply-changes.ts';
import { isFinished, isHeld } from '../entities/job.ts';
import type { JobWish } from '../entities/queue-file.ts';
import { type BrokenFile, type Change, putAgent, putJob, putLock, type QueueFile, type State } from '../state.ts';
import { after, type Time } from '../time.ts';
import { type Dice, diceOf } from './dice.ts';
import { world } from './world.ts';

/** The state after it, and the entities that a person's commit changed. */
export interface HandMove {
  readonly state: State;
  readonly changes: readonly Change[];
}

export function playByHand(state: State, now: Time, throws: readonly number[]): HandMove {
  const dice = diceOf(throws);
  const edit = dice.one([
    beat,
    beat,
    beat,
    beat,
    dropFile,
    dropFile,
    pause,
    setBack,
    newerField,
    reorder,
    archive,
    breakFile,
  ]);
  return edit(state, dice, now);
}

type Edit = (state: State, dice: Dice, now: Time) => HandMove;
const unedited = (state: State): HandMove => ({ state, changes: [] });
const edited = (state: State, ...changes: Change[]): HandMove => ({ state: applyChanges(state, changes), changes });

const beat: Edit = (state, dice, now) => {
  const agent = dice.oneOr([...state.agents], undefined);
  if (!agent) return unedited(state);
  const takesNoJobs = dice.one([null, null, null, 'its disk is full']);
  return unedited(world(state).beat(agent.id, { at: now, nextBeatBy: after(now, 60_000), takesNoJobs }).state);
};

const dropFile: Edit = (state, dice) => {
  const wish = { command: ['make'], status: 'running', token: 7, agent: 'a1', needs: dice.one([[], ['j9']]) };
  const wishes = dice.one<QueueFile['wishes']>([
    [wish as unknown as JobWish],
    [{ op: 'cancel', target: dice.oneOr([...state.jobs], { id: 'j9' }).id, args: {}, if: {} }],
    [{ op: 'retry', target: dice.oneOr([...state.jobs].filter(isFinished), { id: 'j9' }).id, args: {}, if: {} }],
  ]);
  const problem = dice.rarely(4) ? { reason: 'is no JSON', line: 3 } : null;
  const path = dice.one(['queue/one.json', 'queue/two.json']);
  return unedited(world(state).queueFile(path, { wishes, problem, blob: dice.one(['b1', 'b2']) }).state);
};

const pause: Edit = (state, dice, now) => {
  const job = dice.oneOr(
    [...state.jobs].filter((it) => it.status === 'queued'),
    undefined,
  );
  const paused = job?.paused ? null : { by: 'ann', at: now, reason: null, until: dice.one([null, after(now, 60_000)]) };
  return job ? edited(state, putJob({ ...job, paused })) : unedited(state);
};

const setBack: Edit = (state, dice) => {
  const job = dice.oneOr([...state.jobs].filter(isHeld), undefined);
  return job && dice.rarely(3) ? edited(state, putJob({ ...job, status: 'queued' })) : unedited(state);
};

/** As a later version of the program would write it. */
const newerField: Edit = (state, dice) => {
  const job = dice.oneOr(
    [...state.jobs].filter((it) => !isFinished(it)),
    undefined,
  );
  const agent = dice.oneOr([...state.agents], undefined);
  const lock = dice.oneOr([...state.locks], undefined);
  return edited(
    state,
    ...(job ? [putJob(withNewerField(job))] : []),
    ...(agent ? [putAgent(withNewerField(agent))] : []),
    ...(lock ? [putLock(withNewerField(lock))] : []),
  );
};
const withNewerField = <T extends object>(entity: T): T => ({ ...entity, fromNewerVersion: { kept: true } });

/** May close a circle, which no operation would. */
const reorder: Edit = (state, dice) => {
  const job = dice.oneOr(
    [...state.jobs].filter((it) => it.status === 'queued'),
    undefined,
  );
  const needs = dice.some([...state.jobs].map((it) => it.id)).slice(0, 2);
  return job ? edited(state, putJob({ ...job, needs })) : unedited(state);
};

/** What is broken stays in force as it was, so the state does not change but for the list of broken files. */
const breakFile: Edit = (state, dice, now) => {
  const job = dice.oneOr([...state.jobs], { id: 'j1' }).id;
  const [path, of] = dice.one<[string, BrokenFile['of']]>([
    ['yard.json', { kind: 'yard', id: 'yard' }],
    ['shared/locks/l1.json', { kind: 'lock', id: 'l1' }],
    [`shared/jobs/${job}.json`, { kind: 'job', id: job }],
  ]);
  const past = { author: dice.one([null, 'ann']), brokenAt: now, restorable: dice.one([true, false]) };
  const blob = dice.one(['b', 'c']).repeat(40);
  const file = {
    path,
    blob,
    code: dice.one<BrokenFile['code']>(['INVALID_DATA', 'NEWER_SCHEMA']),
    reason: 'is not JSON',
    line: 3,
    of,
    past,
  };
  return unedited({ ...state, broken: state.broken.with(path, file) });
};

/** The past goes into the archive, where a job's needs may have been. */
const archive: Edit = (state, dice) => {
  const job = dice.oneOr([...state.jobs].filter(isFinished), undefined);
  return unedited(job && dice.rarely(3) ? { ...state, jobs: state.jobs.without(job.id) } : state);
};
