/** Whether files are what a manifest says. Exits 1 when they are not. */
import { relative, resolve } from 'node:path';
import { bytesOf, manifestFrom } from '../../artifacts/manifest-source.ts';
import { storeOption } from '../../artifacts/store-root.ts';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, optionalArgument } from '../../parameters.ts';
import { bad, good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';

export const command = defineCommand({
  name: 'artifact verify',
  summary: 'check files against a manifest',
  details: 'Names each difference: missing, extra, size, or which digest. Exits 1 when there is one.',
  example: 'gityard artifact verify 01k9x dist',
  parameters: {
    manifest: argument('manifest', 'a file, or the job that made them'),
    folder: optionalArgument('dir', 'where the files are; else beside the manifest, or in the artifact store'),
    store: storeOption,
  },
  run: async (context, { manifest: word, folder, store }) => {
    const sourced = await manifestFrom(context, word);
    const { manifest, file } = sourced;
    const root = folder === undefined ? await bytesOf(context, sourced, store) : resolve(context.io.cwd, folder);
    if (root === null)
      throw usageError(
        `the artifacts of ${manifest.job} are not in the store of this machine`,
        'name the folder they are in',
      );
    const { verifyFolder } = await import('@gityard/builder');
    const ownFile = file === null ? [] : [relative(root, file)];
    const { ok, verified, differences } = await verifyFolder(manifest, root, ownFile);
    const value = { ok, job: manifest.job, folder: root, verified, differences };
    const head = `${plural(verified, 'artifact')} of ${manifest.job} in ${root}`;
    return answer(
      value,
      () => [
        line(ok ? good('as they were made: ') : bad('not as they were made: '), `${head} verified`),
        ...differences.map((it) => line(bad(`${it.what} `), it.text)),
      ],
      ok ? 0 : 1,
    );
  },
});
