/** Writes a comparison down as Markdown. Exits 1 when the two differ. */
import { resolve } from 'node:path';
import { comparisonReport } from '@gityard/domain';
import { compared, comparedAnswer } from '../../artifacts/compared.ts';
import { foldersFrom, foldersOptions } from '../../artifacts/folders.ts';
import { manifestFrom } from '../../artifacts/manifest-source.ts';
import { writeWhole } from '../../artifacts/write-file.ts';
import { defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';

export const command = defineCommand({
  name: 'compare report',
  summary: 'a comparison of two builds as Markdown',
  example: 'gityard compare report 01k9x 01k9y comparison.md',
  parameters: {
    left: argument('a', 'a manifest: a file, or a job'),
    right: argument('b', 'another one'),
    out: argument('out.md', 'the file to write'),
    ...foldersOptions,
  },
  run: async (context, { left, right, out, ...folders }) => {
    const sides = [await manifestFrom(context, left), await manifestFrom(context, right)] as const;
    const all = await compared(context, sides, foldersFrom(context, folders));
    const report = resolve(context.io.cwd, out);
    await writeWhole(report, comparisonReport(all));
    context.note(`written to ${report}`);
    return comparedAnswer(all, { report });
  },
});
