/**
 * Bugs that are planted to see whether the simulation finds them: what goes wrong in systems like this one. A simulation
 * that overlooks one of them is broken itself. None of them is in the product; each exchanges a part of it from outside.
 */
import type { Simulation } from '../simulation.ts';
import { blindForce } from './blind-force.ts';
import { dropsOnDenial } from './drops-on-denial.ts';
import { failureIsFailure } from './failure-is-failure.ts';
import { fallsBackAnew } from './falls-back-anew.ts';
import { finishUnderAnyToken, rebaseRetry, releaseUnderAnyToken } from './operations.ts';
import { pruneOnFetch } from './prune-on-fetch.ts';
import { upToDateIsFine } from './up-to-date-is-fine.ts';
import { WallClockObserver } from './wall-clock-observer.ts';

export interface Mutant {
  readonly name: string;
  /** The rules that may find it: any other finding would be luck, or another bug. */
  readonly foundBy: readonly string[];
  readonly simulation: Omit<Simulation, 'seed'>;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'commits that do not say whose they are',
    foundBy: ['ack-once', 'ack-kept'],
    simulation: { flaws: { isAnonymous: true, transport: upToDateIsFine }, faults: [], agents: 1 },
  },
  {
    name: 'a lost race that is sent again without deciding anew',
    foundBy: ['job-token', 'job-status', 'actor-counter', 'stale-token', 'one-holder', 'attempt-ended', 'lock-token'],
    simulation: { flaws: { operations: rebaseRetry() }, faults: ['slow'] },
  },
  {
    name: 'results that are taken under any token',
    foundBy: ['stale-token', 'holder-acts'],
    simulation: { flaws: { operations: finishUnderAnyToken }, faults: ['pauses'], roughness: 6 },
  },
  {
    name: 'locks that are given back under any token',
    foundBy: ['own-token'],
    simulation: { flaws: { operations: releaseUnderAnyToken }, faults: ['pauses'], roughness: 2, agents: 1 },
  },
  {
    name: 'a lease that is measured by the clocks of two machines',
    foundBy: ['needless-take-over'],
    simulation: { flaws: { observer: (life) => new WallClockObserver(life) }, faults: ['skew'] },
  },
  {
    name: 'an unclear push that is taken for a failed one',
    foundBy: ['call-once', 'no-is-no', 'ack-kept'],
    simulation: { flaws: { transport: failureIsFailure }, faults: ['lost-replies', 'silent'] },
  },
  {
    name: 'a disk that says it synced a result, and did not',
    foundBy: ['all-ends'],
    simulation: { flaws: { liesAboutSync: true }, faults: ['outages', 'crashes'], roughness: 4, minutes: 15 },
  },
  {
    name: 'a branch that is taken for empty when it cannot be seen',
    foundBy: ['history-kept'],
    simulation: { flaws: { transport: pruneOnFetch }, faults: ['branch-away'], roughness: 3, agents: 2 },
  },
  {
    name: 'results that are dropped when the server says 403',
    foundBy: ['all-ends'],
    simulation: { flaws: { replays: dropsOnDenial }, faults: ['denials'], roughness: 3 },
  },
  {
    name: 'what a relay did not answer is asked for under a new number',
    foundBy: ['call-once', 'no-is-no'],
    simulation: { flaws: { fallsBackOn: fallsBackAnew }, faults: ['relay', 'lost-replies', 'crashes'], roughness: 2 },
  },
  {
    name: 'two threads of an agent that each use all of the push budget',
    foundBy: ['push-budget'],
    simulation: { flaws: { sharesNoBudget: true }, faults: ['scarce-pushes'], agents: 1 },
  },
  {
    name: 'pushes that do not say what they expect',
    foundBy: ['history-kept', 'one-parent'],
    simulation: { flaws: { transport: blindForce }, faults: [] },
  },
];
