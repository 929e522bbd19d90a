/**
 * Which network programs of a build get: by the word of the agent's owner, and while packages are restored without it. The
 * machine's own services belong to it only where he says `always`.
 */
import type { BuildPolicy } from '../contract.ts';
import type { CommandStage } from '../toolchains/toolchain.ts';
import type { Network } from './sandbox.ts';

export function networkFor({ network = 'restore' }: Pick<BuildPolicy, 'network'>, stage: CommandStage): Network {
  if (network === 'always') return 'machine';
  return network === 'restore' && stage === 'Restore' ? 'outward' : 'none';
}
