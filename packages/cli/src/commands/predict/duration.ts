/** How long a build will take, and by what that is told. */
import { historyOf, predictDuration, STRATEGIES, TOOLCHAINS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, oneOf, option } from '../../parameters.ts';
import { bold, dim, line } from '../../text/lines.ts';
import { durationText } from '../../text/words.ts';
import { knownRecords, questionOf } from '../../yard/known-records.ts';

export const command = defineCommand({
  name: 'predict duration',
  summary: 'how long a build will take',
  details:
    'Half of such builds take no longer than p50, nine of ten no longer than p90. Exits 1 when nothing is known.',
  example: 'gityard predict duration main --agent build1',
  parameters: {
    branch: argument('branch', 'the branch, or the name of its profile'),
    repo: option('url', 'the repository; else that of the profile of the branch'),
    toolchain: oneOf(TOOLCHAINS, 'how it is built'),
    strategy: oneOf(STRATEGIES, 'over what and where'),
    at: option('time', 'when it starts, e.g. 2026-01-31T12:00:00Z; else now'),
  },
  run: async (context, { at, ...asked }) => {
    const state = await context.look();
    if (at !== undefined && !Number.isFinite(Date.parse(at)))
      throw usageError(`--at ${at} is no time`, 'write it like 2026-01-31T12:00:00Z');
    const { agent } = context.flags;
    const question = { ...questionOf(context, state, asked), agent, at: at ?? context.now() };
    const { labels: _labels, requires: _requires, command: _command, ...about } = question;
    const told = predictDuration(historyOf(knownRecords(context, state)), about);
    const value = { branch: about.branch, repository: about.repository ?? null, agent: agent ?? null, at: about.at };
    if (!told)
      return answer(
        { ...value, p50: null, p90: null, n: 0, basis: null, failureShare: null },
        () => [[dim('too little is known: not even three builds')]],
        1,
      );
    return answer({ ...value, ...told }, () => [
      line(bold(timeText(told.p50)), `, at the latest ${timeText(told.p90)} (9 of 10 times)`),
      line(dim('by '), told.basis),
      ...(told.failureShare ? [line(dim('failed: '), `${Math.round(told.failureShare * 100)} % of such builds`)] : []),
    ]);
  },
});

const timeText = (seconds: number): string => durationText(seconds * 1000);
