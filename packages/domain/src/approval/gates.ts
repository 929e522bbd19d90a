/** What a job must be approved by before it runs: as it was asked for, and as the rules of yard.json say now. */
import type { ApprovalRule, Gate } from '../entities/approval.ts';
import type { Job } from '../entities/job.ts';
import { speaksOf } from '../speaks-of.ts';
import type { State } from '../state.ts';

/** `rule`: the name of the rule that asks for it; null: the job itself does. */
export type AskedGate = Gate & { readonly rule: string | null };

const NONE: readonly AskedGate[] = [];

/** A job that was split has begun, and its parts with it: they wait for nobody's word again. */
export function gatesOf(state: Pick<State, 'yard' | 'jobs'>, job: Job): readonly AskedGate[] {
  if (asksNobody(state, job) || job.split !== null || isPart(state, job)) return NONE;
  const own = job.approval === null ? NONE : [{ ...job.approval, rule: null }];
  return [...own, ...rulesFor(state.yard.approvals, job)];
}

/** Of most jobs of most yards. */
export const asksNobody = ({ yard }: Pick<State, 'yard'>, { approval }: Job): boolean =>
  approval === null && yard.approvals.length === 0;

function isPart({ jobs }: Pick<State, 'jobs'>, { id, parent }: Job): boolean {
  return parent !== null && (jobs.get(parent)?.split?.children.includes(id) ?? false);
}

/** Which rules speak of a job is asked again and again of a long queue, and neither of them changes. */
const known = new WeakMap<readonly ApprovalRule[], WeakMap<Job, readonly AskedGate[]>>();

function rulesFor(rules: readonly ApprovalRule[], job: Job): readonly AskedGate[] {
  const ofRules = known.get(rules) ?? new WeakMap<Job, readonly AskedGate[]>();
  known.set(rules, ofRules);
  const found = ofRules.get(job) ?? rules.filter((it) => speaksOf(it, job)).map((it) => ({ ...it, rule: it.name }));
  ofRules.set(job, found);
  return found;
}
