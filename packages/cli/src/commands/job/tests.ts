/** How the tests of a job ended, from its log: those that failed with what they said, and the slowest. */
import { coverageText } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { type FailedCase, type JobLogRecord, readJobLog } from '../../job-log/read-log.ts';
import { argument, flag } from '../../parameters.ts';
import { bad, dim, good, type Line, line, paragraph, warn } from '../../text/lines.ts';
import { table } from '../../text/table.ts';
import { durationText } from '../../text/words.ts';
import { findJobAnywhere } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'job tests',
  summary: 'how the tests of a job ended',
  details: 'From the log of its last attempt: totals, coverage, the tests that failed and the ten slowest.',
  example: 'gityard job tests 01k9x --failed',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    failed: flag('only those that failed, with all that they said'),
    slow: flag('only the slowest'),
  },
  run: async (context, { id, failed, slow }) => {
    const job = findJobAnywhere(await context.yard(), id);
    const record = (await readJobLog(context, job.id))?.record;
    if (!record)
      throw new CliError('NOT_FOUND', `job ${job.id} has no log that tells of tests`, {
        hint: `gityard job show ${job.id} tells how it stands`,
      });
    const { tests, coverage, testCases, flakyTests: flaky, unreadReports: unread } = record;
    const isAll = failed === slow;
    const value = {
      id: job.id,
      tests,
      coverage,
      flaky,
      unread,
      ...(isAll || failed ? { failed: testCases.failed } : {}),
      ...(isAll || slow ? { slow: testCases.slow } : {}),
    };
    return answer(value, () => [
      ...(isAll ? summary(record) : []),
      ...unread.map((it) => line(warn('not counted: '), it)),
      ...(isAll || failed ? testCases.failed.flatMap((it) => failedLines(it, failed)) : []),
      ...(isAll || slow ? slowLines(testCases.slow) : []),
    ]);
  },
});

function summary({ tests, coverage, flakyTests }: JobLogRecord): Line[] {
  if (!tests) return [[dim('no report told of tests')]];
  const { total, passed, failed, skipped } = tests;
  return [
    line(
      `${total} tests: `,
      good(`${passed} passed`),
      ', ',
      failed > 0 ? bad(`${failed} failed`) : '0 failed',
      `, ${skipped} skipped`,
    ),
    ...(coverage ? [line(`coverage: ${coverageText(coverage)}`)] : []),
    ...(flakyTests.length > 0 ? [line(warn('flaky: '), flakyTests.join(', '))] : []),
  ];
}

function failedLines({ name, path, line: at, message, details }: FailedCase, isFull: boolean): Line[] {
  const place = [path, at].filter((it) => it !== null).join(':');
  const said = isFull ? (details ?? message) : message;
  return [
    line(bad('failed '), name, ...(place ? [dim(`  ${place}`)] : [])),
    ...paragraph(said ?? '').map((it) => ['  ', ...it]),
  ];
}

const slowLines = (slow: JobLogRecord['testCases']['slow']): Line[] =>
  slow.length === 0
    ? []
    : table({ heads: ['slowest', ''], rows: slow.map((it) => [it.name, timeText(it.durationMs)]) });

const timeText = (ms: number): string => (ms < 10_000 ? `${ms} ms` : durationText(ms));
