/** What `init --dry-run` tells: which refs are there, and which would be made. */
import { openYard, type Refs } from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import type { Access } from '../start/access.ts';
import { withoutSecrets } from '../start/address.ts';
import { dim, good, line } from '../text/lines.ts';

export interface ForetellInit {
  readonly address: string;
  readonly made: boolean;
  readonly refs: Refs;
  readonly access: Access;
  /** Where the page would be written. */
  readonly pages: string | undefined;
  readonly workflows: readonly string[];
  /** This machine becomes an agent; what it may build. */
  readonly agent: { readonly builds: string | null } | null;
}

export async function foretellInit(asked: ForetellInit): Promise<Answer> {
  const { address, made, refs, access, pages, workflows, agent } = asked;
  const names = [refs.state, refs.live, refs.logs];
  const there = made ? new Set<string>() : await refsThere({ address, access, names });
  const rows = names.map((ref) => ({ ref, created: !there.has(ref) }));
  const yard = withoutSecrets(address);
  const value = {
    dryRun: true,
    yard,
    repositoryMade: made,
    refs: rows,
    ...(pages && { pages, workflows }),
    ...(agent && { agent }),
  };
  return answer(value, () => [
    ...(made ? [[`would make the bare repository ${yard}`]] : []),
    ...rows.map((it) => line(it.created ? good('would make ') : dim('would keep '), it.ref)),
    ...(pages ? [pages, ...workflows].map((it) => line(good('would write '), it)) : []),
    ...(agent ? [line(good('would make '), 'this machine an agent of it')] : []),
    ...(agent?.builds ? [line(good('would allow '), `it to build ${withoutSecrets(agent.builds)}`)] : []),
    line(dim('nothing else: no other branch, no file that is there, no setting of the host')),
  ]);
}

async function refsThere({
  address,
  access,
  names,
}: {
  address: string;
  access: Access;
  names: string[];
}): Promise<Set<string>> {
  const yard = openYard({ address, ...access, actor: 'gityard' });
  try {
    return new Set((await yard.transport.readRefs(names)).keys());
  } finally {
    await yard.close();
  }
}
