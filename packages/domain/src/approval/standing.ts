/**
 * How far the approval of a job has come. An approval counts for what the job was when it was given: one that has changed since,
 * was given too long ago, or came from somebody who may not give it (any more), counts for nothing.
 */
import type { Approval } from '../entities/approval.ts';
import type { Job } from '../entities/job.ts';
import type { Role } from '../entities/token.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { namespaceOf } from '../namespaces/namespace-of.ts';
import { isSamePerson, mayDo, personOf, whoMay } from '../people/people.ts';
import { sha256 } from '../sha256.ts';
import { workText } from '../signing/signed-work.ts';
import type { State } from '../state.ts';
import { after, isBefore, type Time } from '../time.ts';
import { type AskedGate, gatesOf } from './gates.ts';

const HOUR_MS = 3_600_000;

export interface Missing {
  readonly gate: AskedGate;
  /** Who has approved it, as far as that counts. */
  readonly given: readonly string[];
}

export function missingApprovals(state: Pick<State, 'yard' | 'jobs'>, job: Job, now: Time): readonly Missing[] {
  return gatesOf(state, job).flatMap((gate) => {
    const given = countingFor(state.yard, gate, job, now);
    return given.length < gate.count ? [{ gate, given }] : [];
  });
}

/** Each person once, in the order of their words. */
export function countingFor(yard: YardConfig, gate: AskedGate, job: Job, now: Time): readonly string[] {
  const counting = job.approvals.filter((it) => isGood(it, gate, job, now) && mayApprove(yard, gate, job, it.by));
  return [...new Set(counting.map(({ by }) => personOf(yard, by) ?? by))];
}

function isGood({ at, of }: Approval, { validHours }: AskedGate, job: Job, now: Time): boolean {
  return of === digestOf(job) && (validHours === 0 || isBefore(now, after(at, validHours * HOUR_MS)));
}

export function mayApprove(yard: YardConfig, gate: AskedGate, job: Job, name: string): boolean {
  if (!gate.ownWork && isOwnWork(yard, job, name)) return false;
  return gate.people.some((it) => isSamePerson(yard, it, name)) || hasRole(yard, gate, job, name);
}

export const isOwnWork = (yard: YardConfig, { submittedBy, committedBy }: Job, name: string): boolean =>
  [submittedBy, committedBy].some((it) => it !== null && isSamePerson(yard, it, name));

function hasRole(yard: YardConfig, gate: AskedGate, job: Job, person: string): boolean {
  const needs = roleFor(gate);
  return needs !== null && mayDo(yard, { person, needs, namespace: namespaceOf(yard, job) });
}

/** A gate that names nobody at all is for those who steer the builds of others. */
const roleFor = ({ role, people }: AskedGate): Role | null => role ?? (people.length === 0 ? 'BuildMaster' : null);

/** The work of a job does not change with its place in the queue, and a job is looked at again whenever any job changes. */
const digests = new WeakMap<Job, string>();

export function digestOf(job: Job): string {
  const digest = digests.get(job) ?? sha256(workText(job));
  digests.set(job, digest);
  return digest;
}

/** "needs 2 approvals, has that of bob, by ann or a BuildMaster (rule production); gityard job approve b1 gives it". */
export function missingText(yard: YardConfig, job: Job, { gate, given }: Missing): string {
  const many = gate.count === 1 ? 'approval' : `${gate.count} approvals`;
  const has = given.length === 0 ? '' : `, has ${given.length === 1 ? 'that' : 'those'} of ${given.join(', ')},`;
  const { people, holders } = approversOf(yard, gate, job);
  const able = new Set([...people, ...holders].map((it) => personOf(yard, it) ?? it));
  const isPossible = able.size >= gate.count;
  const remedy = isPossible
    ? `gityard job approve ${job.id} gives it`
    : 'too few may: name more in "people" of yard.json';
  const rule = gate.rule === null ? '' : ` (rule ${gate.rule})`;
  return `needs ${many}${has} by ${whoText(yard, gate, job)}${rule}; ${remedy}`;
}

export function whoText(yard: YardConfig, gate: AskedGate, job: Job): string {
  const role = roleFor(gate);
  const { people, holders } = approversOf(yard, gate, job);
  if (role === null) return people.length === 0 ? 'somebody who did not ask for it' : people.join(' or ');
  const named = holders.length === 0 ? 'which nobody else in yard.json is' : holders.slice(0, MOST_NAMES).join(', ');
  return [...people, `${role === 'Admin' ? 'an' : 'a'} ${role} (${named})`].join(' or ');
}

/** Whose word would count: by their names, and by the role. */
function approversOf(yard: YardConfig, gate: AskedGate, job: Job): Record<'people' | 'holders', readonly string[]> {
  const role = roleFor(gate);
  const mayHere = (name: string): boolean => mayApprove(yard, gate, job, name);
  const holders = role === null ? [] : whoMay(yard, { needs: role, namespace: namespaceOf(yard, job) });
  return { people: gate.people.filter(mayHere), holders: holders.filter(mayHere) };
}

const MOST_NAMES = 5;
