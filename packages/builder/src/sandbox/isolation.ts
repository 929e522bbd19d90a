/** What a result says of how its build was kept apart: by what, and when any of its programs could reach which network. */
import type { Stage } from '@gityard/domain';
import { COMMAND_STAGES } from '../toolchains/toolchain.ts';
import { type NetworkRule, networkFor } from './network-for.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';

interface Ran {
  readonly network: NetworkRule;
  /** That the repository asked for. */
  readonly image?: string | undefined;
  readonly stages: readonly Stage[];
}

/** Of an image so much that the rest fits into a result; its log has all of it. */
const IMAGE_CHARACTERS = 50;

export function isolationOf(
  { name, outward }: Pick<Sandbox, 'name' | 'outward'>,
  { network, image, stages }: Ran,
): string {
  if (name === noSandbox.name) return name;
  const ran = COMMAND_STAGES.filter((it) => stages.some((stage) => stage.name === it && stage.startedAt !== null));
  const open = ran.filter((stage) => networkFor(network, stage) !== 'none');
  const words = image === undefined ? name : `${name} of ${image.slice(0, IMAGE_CHARACTERS)}`;
  if (open.length === 0) return words;
  const text = `${words}, network in ${open.join(', ')}`;
  if (outward === undefined) return text;
  const withMachine = !outward || open.some((stage) => networkFor(network, stage) === 'machine');
  return `${text} (${withMachine ? "with the host's loopback" : 'outward only'})`;
}
