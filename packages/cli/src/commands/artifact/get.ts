/** Copies the artifacts of a job out of the artifact store, and checks each copy against the manifest. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findManifest } from '../../artifacts/manifest-source.ts';
import { storeOption, storeRoot } from '../../artifacts/store-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, option } from '../../parameters.ts';
import { dim, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'artifact get',
  summary: 'copy the artifacts of a job from the store',
  details:
    'The bytes lie on the machine that built them, or in a folder that the machines share (--store). A copy that is not what the manifest says is not kept.',
  example: 'gityard artifact get 01k9x --out dist',
  parameters: {
    job: argument('job', 'the job, or the beginning of its id'),
    out: option('dir', 'where to put them; else a folder with the name of the job'),
    store: storeOption,
  },
  run: async (context, { job: id, out, store }) => {
    const manifest = findManifest(await context.yard(), id);
    const { job, token, agent, artifacts } = manifest;
    const { getArtifacts, storedFolder, SUMS, writeSums } = await import('@gityard/builder');
    const from = storedFolder(await storeRoot(context, store), job, token);
    if ((await stat(from).catch(() => null)) === null)
      throw new CliError('NOT_FOUND', `the artifacts of ${job} are not in ${from}`, {
        hint: `${agent} made them: run this there, or name its store with --store`,
      });
    const folder = resolve(context.io.cwd, out ?? job);
    const { copied, kept } = await getArtifacts(manifest, { from, to: folder });
    // Whose list it is that lies there already, nobody knows.
    const hasSums = (await stat(resolve(folder, SUMS)).catch(() => null)) !== null;
    if (!hasSums) await writeSums(folder, artifacts);
    return answer({ job, folder, from, copied, kept, verified: artifacts.length }, () => [
      line(
        good(plural(copied.length, 'artifact')),
        ` copied to ${folder}`,
        dim(kept.length === 0 ? '' : `, ${kept.length} there before`),
      ),
    ]);
  },
});
