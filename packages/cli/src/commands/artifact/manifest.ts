/** Measures the files of a build, writes `SHA256SUMS` beside them, and puts the manifest into the yard or into a file. */
import { relative, resolve } from 'node:path';
import { SCHEMA_VERSION } from '@gityard/domain';
import { canonicalJson, pathOf } from '@gityard/yard';
import { checkBuild } from '../../artifacts/checked-build.ts';
import { writeWhole } from '../../artifacts/write-file.ts';
import { answer, defineCommand } from '../../command.ts';
import { argument, option } from '../../parameters.ts';
import { dim, good, line, warn } from '../../text/lines.ts';
import { plural } from '../../text/words.ts';
import { act } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'artifact manifest',
  summary: 'digests of all files of a build, and SHA256SUMS beside them',
  details:
    'The manifest goes into the yard, for a job of it or under any other name; with --out into a file alone. Links and what ' +
    'is no plain file are left out, and told of.',
  example: 'gityard artifact manifest dist release-7 main 4f0c9a1 --out manifest.json',
  acts: true,
  parameters: {
    folder: argument('dir', 'the folder with the files'),
    job: argument('job', 'the job that made them, or a name of your own'),
    branch: argument('branch', 'the branch that was built'),
    commit: argument('commit', 'the commit that was built'),
    out: option('file', 'write the manifest there, and not into the yard'),
  },
  run: async (context, { folder, job, branch, commit, out }) => {
    checkBuild({ branch, commit });
    const { measureFolder, SUMS, writeSums } = await import('@gityard/builder');
    const root = resolve(context.io.cwd, folder);
    const file = out === undefined ? null : resolve(context.io.cwd, out);
    const { artifacts, notes } = await measureFolder(root, file === null ? [] : [relative(root, file)]);
    for (const note of notes) context.note(note);
    const { id: agent } = await context.identity();
    if (file === null) await context.yard();
    const manifest = { job, agent, branch, commit, createdAt: context.now(), artifacts: [...artifacts] };
    const sums = resolve(root, SUMS);
    const told = () => [
      line(good(plural(artifacts.length, 'artifact')), ` of ${job}`, dim(`, digests in ${sums}`)),
      ...notes.map((it) => [warn(it)]),
    ];
    if (file !== null) {
      const value = { schemaVersion: SCHEMA_VERSION, token: 0, ...manifest };
      if (!context.flags.dryRun) await writeWhole(file, canonicalJson(value));
      if (!context.flags.dryRun) await writeSums(root, artifacts);
      return answer({ ...value, sums, notes, path: file, stateCommit: null }, told);
    }
    const reply = await act(context, 'publish-manifest', { manifest }, ({ result, commit: stateCommit }) =>
      answer({ ...result, sums, notes, path: pathOf('manifest', result.job), stateCommit }, told),
    );
    const isPublished = typeof reply !== 'number' && !('ok' in reply) && !context.flags.dryRun;
    if (isPublished) await writeSums(root, artifacts);
    return reply;
  },
});
