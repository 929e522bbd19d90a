/** What a person does about broken files: have them restored where no agent did, and strike off what was dealt with. */
import { fileProblems, unjudgedFiles } from '@gityard/domain';
import { judgeBroken } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument, optionalArgument } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

export const restore = defineCommand({
  name: 'quarantine restore',
  summary: 'put the last valid version of broken files back',
  details: 'A running agent does this by itself. What the file said is kept under shared/quarantine/.',
  example: 'gityard quarantine restore yard.json',
  acts: true,
  parameters: { file: optionalArgument('file', 'only this one; else all') },
  run: async (context, { file: path }) => {
    const yard = await context.yard();
    if (context.flags.dryRun) return foretold(context, path);
    const outcomes = await judgeBroken(yard, { now: context.now(), path, reason: context.reason });
    const refused = outcomes.find((it) => !it.ok);
    if (refused && !refused.ok) return refused;
    const files = outcomes.flatMap((it) => (it.ok ? [{ ...it.result, commit: it.commit }] : []));
    if (files.length === 0) throw nothing(path);
    return answer(files, () =>
      files.map((it) => line(it.path, it.restored ? ' is restored' : ' was never valid: it is left where it is')),
    );
  },
});

export const clear = defineCommand({
  name: 'quarantine clear',
  summary: 'strike a restored file off the list',
  example: 'gityard quarantine clear yard.json',
  acts: true,
  parameters: { file: argument('file', 'its path in the yard') },
  run: async (context, { file }) => {
    const found = fileProblems((await context.yard()).state).findLast((it) => it.path === file);
    if (!found) throw nothing(file);
    const wish = { path: file, blob: found.blob, reason: context.reason };
    return act(context, 'clear', wish, ({ result }) => answer(result, () => [line(file, ' is off the list')]));
  },
});

async function foretold(context: Context, path: string | undefined) {
  const files = unjudgedFiles((await context.yard()).state).filter((it) => path === undefined || it.path === path);
  if (files.length === 0) throw nothing(path);
  return answer({ dryRun: true, commit: null, files }, () =>
    files.map((it) =>
      line(it.path, it.past?.restorable ? ' would be restored' : ' was never valid: it would be left where it is'),
    ),
  );
}

const nothing = (path: string | undefined): CliError =>
  new CliError('NOT_FOUND', path === undefined ? 'no file waits to be restored' : `${path} is not in quarantine`, {
    hint: 'gityard quarantine list shows what is broken',
  });
