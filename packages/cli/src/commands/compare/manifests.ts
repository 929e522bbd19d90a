/** Compares two manifests. Exits 1 when they differ. */
import { compared, comparedAnswer } from '../../artifacts/compared.ts';
import { foldersFrom, foldersOptions } from '../../artifacts/folders.ts';
import { manifestFrom } from '../../artifacts/manifest-source.ts';
import { defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';

export const command = defineCommand({
  name: 'compare manifests',
  summary: 'what differs between two builds',
  details:
    'Names what is identical, has another checksum or size, or is missing. Where the files are at hand, archives are listed ' +
    'inside, and what usually helps is told. Exits 1 when they differ.',
  example: 'gityard compare manifests build1/manifest.json build2/manifest.json',
  parameters: {
    left: argument('a', 'a manifest: a file, or a job'),
    right: argument('b', 'another one'),
    ...foldersOptions,
  },
  run: async (context, { left, right, ...folders }) => {
    const sides = [await manifestFrom(context, left), await manifestFrom(context, right)] as const;
    return comparedAnswer(await compared(context, sides, foldersFrom(context, folders)));
  },
});
