/** When programs of a build may reach the network: the word of the agent's owner, and while packages are restored without it. */
import type { BuildPolicy } from '../contract.ts';
import type { CommandStage } from '../toolchains/toolchain.ts';

export function mayUseNetwork({ network = 'restore' }: Pick<BuildPolicy, 'network'>, stage: CommandStage): boolean {
  return network === 'always' || (network === 'restore' && stage === 'Restore');
}
