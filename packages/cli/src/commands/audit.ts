/** Replays the whole history through the rules, and names the first commit that breaks one. */
import { auditYard } from '@gityard/yard';
import { answer, defineCommand } from '../command.ts';
import { bad, good, line } from '../text/lines.ts';
import { plural } from '../text/words.ts';

export const command = defineCommand({
  name: 'audit',
  summary: 'replay the history and check every rule',
  details: 'Exits 1 when a commit breaks one.',
  example: 'gityard audit --json',
  parameters: {},
  run: async (context) => {
    const report = await auditYard(await context.yard());
    const { ok, commits, operations, firstViolation } = report;
    const size = `${plural(commits, 'commit')}, ${plural(operations, 'operation')}`;
    return answer(
      report,
      () =>
        firstViolation === null
          ? [line(good('every rule holds'), `: ${size}`)]
          : [
              line(bad(`commit ${firstViolation.commit} breaks a rule`), ` after ${size}`),
              [`${firstViolation.rule}: ${firstViolation.text}`],
            ],
      ok ? 0 : 1,
    );
  },
});
