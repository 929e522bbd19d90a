/** Puts a manifest from a file into the yard's history, or takes one out of it into a file. */
import { resolve } from 'node:path';
import type { Manifest } from '@gityard/domain';
import { canonicalJson, pathOf } from '@gityard/yard';
import { manifestFrom } from '../../artifacts/manifest-source.ts';
import { writeWhole } from '../../artifacts/write-file.ts';
import { answer, defineCommand } from '../../command.ts';
import { argument, option } from '../../parameters.ts';
import { good, line } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { act } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'artifact export',
  summary: 'a manifest committed to the yard, or written to a file',
  details:
    'A file is committed under the job that it names. Of a job the manifest is in the yard already: --out writes it to a file.',
  example: 'gityard artifact export manifest.json',
  acts: true,
  parameters: {
    manifest: argument('manifest', 'a file, or a job'),
    out: option('file', 'write it there as well'),
  },
  run: async (context, { manifest: word, out }) => {
    const { manifest, file } = await manifestFrom(context, word);
    const target = out === undefined ? null : resolve(context.io.cwd, out);
    const write = async (found: Manifest) => {
      if (target !== null && !context.flags.dryRun) await writeWhole(target, canonicalJson(found));
    };
    const drawn = (found: Manifest, commit: string | null) => {
      const path = pathOf('manifest', found.job);
      const value = { job: found.job, path, commit, file: target, manifest: found };
      return answer(value, () => [
        line(good(plural(found.artifacts.length, 'artifact')), ` of ${found.job}: ${target ?? path}`),
      ]);
    };
    const yard = await context.yard();
    if (file === null) {
      await write(manifest);
      return drawn(manifest, yard.head);
    }
    const { schemaVersion: _, token: __, ...wish } = manifest;
    const reply = await act(context, 'publish-manifest', { manifest: wish }, ({ result, commit }) =>
      drawn(result, commit ?? yard.head),
    );
    if (typeof reply !== 'number' && !('ok' in reply)) await write(manifest);
    return reply;
  },
});
