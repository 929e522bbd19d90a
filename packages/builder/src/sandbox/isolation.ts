/** What a result says of how its build was kept apart: by what, and whether any of its programs could reach the network. */
import type { Stage } from '@gityard/domain';
import { COMMAND_STAGES } from '../toolchains/toolchain.ts';
import { mayUseNetwork, type Network } from './may-use-network.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';

interface Ran {
  readonly network: Network;
  /** That the repository asked for. */
  readonly image?: string | undefined;
  readonly stages: readonly Stage[];
}

/** Of an image so much that the rest fits into a result; its log has all of it. */
const IMAGE_CHARACTERS = 50;

export function isolationOf({ name }: Pick<Sandbox, 'name'>, { network, image, stages }: Ran): string {
  if (name === noSandbox.name) return name;
  const ran = COMMAND_STAGES.filter((it) => stages.some((stage) => stage.name === it && stage.startedAt !== null));
  const open = ran.filter((stage) => mayUseNetwork(network, stage));
  const words = [image === undefined ? name : `${name} of ${image.slice(0, IMAGE_CHARACTERS)}`];
  return [...words, ...(open.length === 0 ? [] : [`network in ${open.join(', ')}`])].join(', ');
}
