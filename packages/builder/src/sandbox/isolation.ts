/** What a result says of how its build was kept apart: by what, and whether any of its programs could reach the network. */
import type { Stage } from '@gityard/domain';
import type { BuildPolicy } from '../contract.ts';
import { COMMAND_STAGES } from '../toolchains/toolchain.ts';
import { mayUseNetwork } from './may-use-network.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';

export function isolationOf(
  { name }: Pick<Sandbox, 'name'>,
  policy: Pick<BuildPolicy, 'network'>,
  stages: readonly Stage[],
): string {
  if (name === noSandbox.name) return name;
  const ran = COMMAND_STAGES.filter((it) => stages.some((stage) => stage.name === it && stage.startedAt !== null));
  const open = ran.filter((stage) => mayUseNetwork(policy, stage));
  return open.length === 0 ? name : `${name}, network in ${open.join(', ')}`;
}
