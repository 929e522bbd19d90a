/** What a result says of how its build was kept apart: by what, and when any of its programs could reach which network. */
import type { Stage } from '@gityard/domain';
import type { BuildPolicy } from '../contract.ts';
import { COMMAND_STAGES } from '../toolchains/toolchain.ts';
import { networkFor } from './network-for.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';

export function isolationOf(
  { name, outward }: Pick<Sandbox, 'name' | 'outward'>,
  policy: Pick<BuildPolicy, 'network'>,
  stages: readonly Stage[],
): string {
  if (name === noSandbox.name) return name;
  const ran = COMMAND_STAGES.filter((it) => stages.some((stage) => stage.name === it && stage.startedAt !== null));
  const open = ran.filter((stage) => networkFor(policy, stage) !== 'none');
  if (open.length === 0) return name;
  const text = `${name}, network in ${open.join(', ')}`;
  if (outward === undefined) return text;
  const withMachine = !outward || open.some((stage) => networkFor(policy, stage) === 'machine');
  return `${text} (${withMachine ? "with the host's loopback" : 'outward only'})`;
}
