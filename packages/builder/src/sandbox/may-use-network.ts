/**
 * When programs of a build may reach the network: the word of the agent's owner, and while packages are restored without it.
 * A repository may ask for less; what it asks beyond that is refused, and never given quietly.
 */
import type { BuildPolicy } from '../contract.ts';
import type { CommandStage } from '../toolchains/toolchain.ts';

export type Network = NonNullable<BuildPolicy['network']>;

type Ruling = Pick<BuildPolicy, 'network' | 'networkAtMost'>;

/** From the least to the most. */
const ORDER: readonly Network[] = ['never', 'restore', 'always'];

const allowed = ({ network = 'restore' }: Pick<BuildPolicy, 'network'>): Network => network;

/** What a repository asks for, as far as it may have it; null: it asks for nothing. */
export function networkOf(policy: Ruling, asked: Network | null): Network {
  return asked === null || isBeyond(policy, asked) ? allowed(policy) : asked;
}

export const isBeyond = (policy: Ruling, asked: Network): boolean =>
  ORDER.indexOf(asked) > ORDER.indexOf(policy.networkAtMost ?? allowed(policy));

export function mayUseNetwork(network: Network, stage: CommandStage): boolean {
  return network === 'always' || (network === 'restore' && stage === 'Restore');
}
