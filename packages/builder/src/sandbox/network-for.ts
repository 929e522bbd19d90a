/**
 * Which network programs of a build get: by the word of the agent's owner, and while packages are restored without it. The
 * machine's own services belong to it only where he says `always`. A repository may ask for less; what it asks beyond that is
 * refused, and never given quietly.
 */
import type { BuildPolicy } from '../contract.ts';
import type { CommandStage } from '../toolchains/toolchain.ts';
import type { Network } from './sandbox.ts';

export type NetworkRule = NonNullable<BuildPolicy['network']>;

type Ruling = Pick<BuildPolicy, 'network' | 'networkAtMost'>;

/** From the least to the most. */
const ORDER: readonly NetworkRule[] = ['never', 'restore', 'always'];

const allowed = ({ network = 'restore' }: Pick<BuildPolicy, 'network'>): NetworkRule => network;

/** What a repository asks for, as far as it may have it; null: it asks for nothing. */
export function networkOf(policy: Ruling, asked: NetworkRule | null): NetworkRule {
  return asked === null || isBeyond(policy, asked) ? allowed(policy) : asked;
}

export const isBeyond = (policy: Ruling, asked: NetworkRule): boolean =>
  ORDER.indexOf(asked) > ORDER.indexOf(policy.networkAtMost ?? allowed(policy));

export function networkFor(rule: NetworkRule, stage: CommandStage): Network {
  if (rule === 'always') return 'machine';
  return rule === 'restore' && stage === 'Restore' ? 'outward' : 'none';
}
