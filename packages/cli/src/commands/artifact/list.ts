/** Builds and what they made, newest first, of one sort where one is named. */
import { ARTIFACT_TYPES, artifactType, isOfType, type Manifest } from '@gityard/domain';
import { storeOption, storeRoot } from '../../artifacts/store-root.ts';
import { wantedType } from '../../artifacts/wanted-type.ts';
import { answer, defineCommand } from '../../command.ts';
import { option, optionalArgument } from '../../parameters.ts';
import { dim } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { agoText, sizeText } from '../../text/words.ts';

export const command = defineCommand({
  name: 'artifact list',
  summary: 'what builds made, newest first',
  details: `Sorts are ${ARTIFACT_TYPES.join(', ')}. What lies in the archive is not listed; artifact verify finds it by its job.`,
  example: 'gityard artifact list debs',
  parameters: {
    type: optionalArgument('type', 'only of this sort, e.g. debs, nupkg, zip'),
    branch: option('name', 'only of this branch'),
    store: storeOption,
  },
  run: async (context, { type: word, branch, store }) => {
    const type = wantedType(word);
    const { state } = await context.yard();
    const { storedBuilds } = await import('@gityard/builder');
    const stored = await storedBuilds(await storeRoot(context, store));
    const here = new Set(stored.map((it) => `${it.job} ${it.token}`));
    const builds = [...state.manifests]
      .filter((it) => branch === undefined || it.branch === branch)
      .map((it) => rowOf(it, { type, isHere: here.has(`${it.job} ${it.token}`) }))
      .filter((it) => it.artifacts.length > 0)
      .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    return answer(builds, () => (builds.length === 0 ? [[dim('no artifacts')]] : drawn(builds, context.now())));
  },
});

function rowOf(
  { job, agent, branch, commit, createdAt, artifacts }: Manifest,
  { type, isHere }: { type: string; isHere: boolean },
) {
  const wanted = artifacts.filter(({ path }) => isOfType(path, type));
  const sizeBytes = wanted.reduce((sum, it) => sum + it.sizeBytes, 0);
  const files = wanted.map(({ path, sizeBytes: bytes, sha256 }) => ({
    path,
    type: artifactType(path),
    sizeBytes: bytes,
    sha256,
  }));
  return { job, agent, branch, commit, createdAt, here: isHere, sizeBytes, artifacts: files };
}

type Row = ReturnType<typeof rowOf>;

const drawn = (builds: readonly Row[], now: string) =>
  table({
    heads: ['job', 'branch', 'commit', 'agent', 'made', 'artifact', 'size', 'here'],
    rows: builds.flatMap((it) =>
      it.artifacts.map((artifact, at) => [
        ...(at === 0
          ? [it.job, it.branch ?? '', it.commit?.slice(0, 10) ?? '', it.agent, agoText(it.createdAt, now)]
          : ['', '', '', '', '']),
        artifact.path,
        sizeText(artifact.sizeBytes),
        at === 0 && it.here ? 'yes' : '',
      ]),
    ),
  });
