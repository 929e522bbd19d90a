/** What a recipe asks of the build as a whole, beside its stages: that it ends in time, and that the agent has and allows what it takes. */
import { meets } from '@gityard/domain';
import type { BuildContext } from '../build-context.ts';
import { BuildError } from '../build-error.ts';
import type { BuildRequest } from '../contract.ts';
import { detectCapabilities } from '../detect-capabilities.ts';
import { refusalOfNetwork } from '../policy.ts';
import type { Recipe } from '../recipe.ts';

interface Heeding {
  readonly stop: BuildContext['stop'];
  readonly request: Pick<BuildRequest, 'policy'>;
}

export async function heedRecipe(
  { stop, request: { policy } }: Heeding,
  { timeoutSeconds, requires, network }: Recipe,
): Promise<void> {
  const refusal = refusalOfNetwork(policy, network);
  if (refusal) throw new BuildError('policy', refusal);
  if (timeoutSeconds !== null) stop.shorten(timeoutSeconds);
  if (requires.length === 0) return;
  const capabilities = await detectCapabilities();
  const lacking = requires.filter((it) => !meets(capabilities, it));
  if (lacking.length === 0) return;
  // Another agent may have it; that one is found by what the job itself requires, since nobody else reads recipes.
  throw new BuildError(
    'infrastructure',
    `the repository requires ${lacking.join(', ')}, which this agent lacks; let the job require it, and an agent that has it will take it`,
  );
}
