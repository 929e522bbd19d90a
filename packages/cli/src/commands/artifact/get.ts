/** Copies the artifacts of a job out of where they are kept, and checks each copy against the manifest. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { artifactSource } from '../../artifacts/artifact-source.ts';
import { findManifest } from '../../artifacts/manifest-source.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { argument, option } from '../../parameters.ts';
import { dim, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'artifact get',
  summary: 'copy the artifacts of a job from where they are kept',
  details:
    'The bytes lie on the machine that built them, in a folder that the machines share, or in a store (--store s3://… or ' +
    'azure://…). What was interrupted goes on where it stopped; a copy that is not what the manifest says is not kept.',
  example: 'gityard artifact get 01k9x --out dist',
  parameters: {
    job: argument('job', 'the job, or the beginning of its id'),
    out: option('dir', 'where to put them; else a folder with the name of the job'),
    store: storeOption,
  },
  run: async (context, { job: id, out, store }) => {
    const manifest = findManifest(await context.yard(), id);
    const { job, artifacts } = manifest;
    const { getArtifacts, SUMS, writeSums } = await import('@gityard/builder');
    const from = await artifactSource(context, manifest, store);
    const folder = resolve(context.io.cwd, out ?? job);
    const { copied, kept } = await getArtifacts(manifest, { from, to: folder });
    // Whose list it is that lies there already, nobody knows.
    const hasSums = (await stat(resolve(folder, SUMS)).catch(() => null)) !== null;
    if (!hasSums) await writeSums(folder, artifacts);
    const place = typeof from === 'string' ? from : from.name;
    return answer({ job, folder, from: place, copied, kept, verified: artifacts.length }, () => [
      line(
        good(plural(copied.length, 'artifact')),
        ` copied to ${folder}`,
        dim(kept.length === 0 ? '' : `, ${kept.length} there before`),
      ),
    ]);
  },
});
