/** The secrets that a failed build had, by the same rules and written down like any other use, for whoever looks into it. */
import { type Policy, secretSources, secretsFor } from '@gityard/agent';
import type { FailedWorkspace } from '@gityard/builder';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { homePath } from '../start/user-config.ts';

export async function secretsAgain(
  context: Context,
  { job, token, agent, branch, commit, secrets: names }: FailedWorkspace,
  policy: Policy,
): Promise<Readonly<Record<string, string>>> {
  const { secrets } = await context.look();
  const home = homePath(context.io.env);
  const sources = secretSources({ home, environment: context.io.env, secrets: () => secrets });
  const keeping = { agent, home, policy, sources, job: { id: job.id, token }, now: context.now };
  // It had them, so its commit was found to be on the branch.
  const use = { names, repository: job.repository, branch, commit, isOnBranch: async () => true };
  const given = await secretsFor(keeping).give(use);
  if (given.ok) return given.values;
  throw new CliError('POLICY', given.reason);
}
