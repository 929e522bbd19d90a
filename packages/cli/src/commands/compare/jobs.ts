/** Compares what two jobs made. Exits 1 when it differs. */
import { compared, comparedAnswer } from '../../artifacts/compared.ts';
import { foldersFrom, foldersOptions } from '../../artifacts/folders.ts';
import { findManifest } from '../../artifacts/manifest-source.ts';
import { defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';

export const command = defineCommand({
  name: 'compare jobs',
  summary: 'what differs between the artifacts of two jobs',
  example: 'gityard compare jobs 01k9x 01k9y',
  parameters: {
    left: argument('j1', 'a job, or the beginning of its id'),
    right: argument('j2', 'another one'),
    ...foldersOptions,
  },
  run: async (context, { left, right, ...folders }) => {
    const yard = await context.yard();
    const sides = [left, right].map((id) => ({ manifest: findManifest(yard, id), file: null }));
    const [one, other] = sides as [(typeof sides)[number], (typeof sides)[number]];
    return comparedAnswer(await compared(context, [one, other], foldersFrom(context, folders)));
  },
});
