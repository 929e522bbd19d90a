/** What a repository wants to have looked at, beside its tests, before other agents build the same: commands after the tests of a canary. */
import type { BuildRequest } from '../contract.ts';
import type { Recipe } from '../recipe.ts';
import { stepOf } from '../strategies/plan-course.ts';
import type { Plan } from '../toolchains/toolchain.ts';

/** Also where somebody asks for that stage by its name. */
export function checksOf({ job, isCanary, until }: BuildRequest, { checks }: Recipe): Recipe['checks'] {
  const goesFirst = isCanary === true || job.part?.kind === 'canary' || job.strategy === 'Canary';
  return goesFirst || until === 'Check' ? checks : [];
}

export const withChecks = (plan: Plan, checks: Recipe['checks']): Plan =>
  checks.length === 0 ? plan : { ...plan, steps: { ...plan.steps, Check: checks.map(stepOf) } };
