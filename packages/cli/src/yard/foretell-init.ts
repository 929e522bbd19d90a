/** What `init --dry-run` tells: which refs are there, and which would be made. */
import { openYard, type Refs } from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import { withoutSecrets } from '../start/address.ts';
import { dim, good, line } from '../text/lines.ts';

export interface ForetellInit {
  readonly address: string;
  readonly made: boolean;
  readonly refs: Refs;
  readonly token: string | undefined;
}

export async function foretellInit({ address, made, refs, token }: ForetellInit): Promise<Answer> {
  const names = [refs.state, refs.live, refs.logs];
  const there = made ? new Set<string>() : await refsThere({ address, token, names });
  const rows = names.map((ref) => ({ ref, created: !there.has(ref) }));
  const yard = withoutSecrets(address);
  return answer({ dryRun: true, yard, repositoryMade: made, refs: rows }, () => [
    ...(made ? [[`would make the bare repository ${yard}`]] : []),
    ...rows.map((it) => line(it.created ? good('would make ') : dim('would keep '), it.ref)),
  ]);
}

async function refsThere({
  address,
  token,
  names,
}: {
  address: string;
  token: string | undefined;
  names: string[];
}): Promise<Set<string>> {
  const yard = openYard({ address, token, actor: 'gityard' });
  try {
    return new Set((await yard.transport.readRefs(names)).keys());
  } finally {
    await yard.close();
  }
}
