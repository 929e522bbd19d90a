/** Files of the state branch that are broken, or were and have been put back: what was wrong with each, where, and by whom. */
import type { FileProblem } from '@gityard/domain';
import { problemsWithAuthors } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { good } from '../../text/lines.ts';
import { table } from '../../text/table.ts';

export const command = defineCommand({
  name: 'quarantine list',
  summary: 'files that are broken and not in force',
  details: 'A restored file stays on the list until gityard quarantine clear, or as long as finished jobs are kept.',
  example: 'gityard quarantine list',
  parameters: {},
  run: async (context) => {
    const problems = await problemsWithAuthors(await context.yard());
    return answer(problems, () =>
      problems.length === 0
        ? [[good('no broken files')]]
        : table({ heads: ['file', 'now', 'what is wrong', 'by', 'when'], rows: problems.map(rowOf) }),
    );
  },
});

const rowOf = ({ path, line, restored, reason, author, seenAt }: FileProblem): string[] => [
  line === null ? path : `${path}:${line}`,
  restored ? 'restored' : 'not in force',
  reason,
  author ?? '',
  seenAt ?? '',
];
