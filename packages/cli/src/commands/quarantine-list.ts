/** Files of the state branch that are broken: what is wrong with each, and where. */
import { answer, defineCommand } from '../command.ts';
import { good } from '../text/lines.ts';
import { table } from '../text/table.ts';

export const command = defineCommand({
  name: 'quarantine list',
  summary: 'files that are broken and not in force',
  example: 'gityard quarantine list',
  parameters: {},
  run: async (context) => {
    const { problems } = await context.yard();
    // Who broke it and when, only the history can tell; nobody has asked it here.
    const files = problems.map((it) => ({ ...it, seenAt: null, author: null }));
    const rows = files.map((it) => [it.line === null ? it.path : `${it.path}:${it.line}`, it.code, it.reason]);
    return answer(files, () =>
      rows.length === 0 ? [[good('no broken files')]] : table({ heads: ['file', 'code', 'what is wrong'], rows }),
    );
  },
});
