/** All strategies that decide over projects. Distributed and Canary are graphs of jobs: each of those has one of these. */
import type { BuildRequest } from '../contract.ts';
import { isOn } from '../toolchains/toolchain.ts';
import { cached } from './cached.ts';
import { clean } from './clean.ts';
import { incremental } from './incremental.ts';
import type { StrategyRules } from './strategy.ts';

export const strategies: readonly StrategyRules[] = [incremental, clean, cached];

export interface Choice {
  readonly rules: StrategyRules;
  /** Why it is not the one that the job names. */
  readonly because: string | null;
}

export function strategyOf({ job, cache }: Pick<BuildRequest, 'job' | 'cache'>): Choice {
  if (isOn(job.parameters.forceClean)) return { rules: clean, because: null };
  if (job.part) return { rules: job.part.kind === 'part' ? cached : clean, because: null };
  const named = strategies.find(({ name }) => name === job.strategy);
  if (named === cached && !cache && !job.noCache)
    return { rules: incremental, because: 'built by Incremental, because this agent has no cache' };
  if (named) return { rules: named, because: null };
  if (job.strategy === 'Canary') return { rules: clean, because: 'built alone' };
  return { rules: cache && !job.noCache ? cached : incremental, because: 'built alone' };
}
