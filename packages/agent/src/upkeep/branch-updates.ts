/** New commits of the branches that are built by themselves become jobs (R62). Asks no repository that may not be built here. */
import { isListed, profilesOf, type State } from '@gityard/domain';
import { type CheckedBranch, checkBranches } from '../branches/check-branches.ts';
import type { AgentContext } from '../context.ts';

export async function branchUpdates(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard, self, policy } = context;
  const checked = await checkBranches({
    state: yard.state,
    home: self.home,
    by: self.id,
    stop: signal,
    refusal: (it) => (isListed(policy.repositories, it) ? null : `the policy of ${self.id} does not list ${it}`),
    now: () => yard.now(),
    perform: (input) => yard.perform('build-branch', input, { signal }),
  });
  const failed = checked.filter((it) => it.state === 'failed');
  const done = wordsOf(checked);
  if (failed.length === 0) return done;
  const failures = failed.map((it) => `branch ${it.name}: ${it.text}`).join('; ');
  throw new Error(done === null ? failures : `${failures}; ${done}`);
}

/** An agent may ask only what its policy lists, so the task is for one that lists the most. */
export const branchesAllowed = (state: State, allowed: readonly string[]): number =>
  profilesOf(state).filter((it) => it.enabled && it.autoBuild && isListed(allowed, it.repository)).length;

function wordsOf(checked: readonly CheckedBranch[]): string | null {
  const of = (state: CheckedBranch['state']) => checked.filter((it) => it.state === state).map((it) => it.name);
  const parts = [
    ...(of('built').length > 0 ? [`new commits of ${of('built').join(', ')}`] : []),
    ...(of('skipped').length > 0 ? [`passed over new commits of ${of('skipped').join(', ')}`] : []),
  ];
  return parts.length === 0 ? null : parts.join('; ').slice(0, 300);
}
