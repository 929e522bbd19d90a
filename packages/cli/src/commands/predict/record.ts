/** Notes how long a build took that no agent of the yard ran: a script's, for example. */
import { after, RECORD_STATUSES, STRATEGIES, TOOLCHAINS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, choiceArgument, oneOf, option, optionalArgument, wholeNumber } from '../../parameters.ts';
import { line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';
import { questionOf } from '../../yard/known-records.ts';

const NUMBER = /^\d+(\.\d+)?$/;
const MOST = 1e9;

export const command = defineCommand({
  name: 'predict record',
  summary: 'note how long a build took',
  details:
    'For builds of scripts: those of the yard are noted by themselves. A job and attempt that is known is not noted twice. ' +
    'What is not said is taken from the profile of the branch, as predictions do.',
  example: 'gityard predict record nightly-7 build1 main 0a1b2c3d 1234 succeeded 12 1048576',
  acts: true,
  parameters: {
    job: argument('job', 'a name for it'),
    builder: argument('agent', 'where it ran'),
    branch: argument('branch', 'the branch, or the name of its profile'),
    commit: argument('commit', 'the commit'),
    seconds: argument('seconds', 'how long it took'),
    status: choiceArgument(RECORD_STATUSES, 'how it ended'),
    artifacts: optionalArgument('artifacts', 'how many files came out of it'),
    bytes: optionalArgument('bytes', 'how large they are together'),
    repo: option('url', 'the repository; else that of the profile of the branch'),
    toolchain: oneOf(TOOLCHAINS, 'how it was built'),
    strategy: oneOf(STRATEGIES, 'over what and where'),
    attempt: wholeNumber('N', 'which try it was; else 1', { minimum: 1 }),
    queued: option('seconds', 'how long it waited before'),
  },
  run: async (context, args) => {
    const seconds = numberIn(args.seconds, '<seconds>');
    const whole = {
      artifacts: Math.floor(numberIn(args.artifacts ?? '0', '<artifacts>')),
      bytes: Math.floor(numberIn(args.bytes ?? '0', '<bytes>')),
    };
    const { state } = await context.yard();
    // As predictions ask, or what was noted of a branch would not be found by its name.
    const { branch = args.branch, repository, toolchain, strategy } = questionOf(context, state, args);
    const record = {
      job: args.job,
      attempt: args.attempt ?? 1,
      agent: args.builder,
      repository: repository ?? null,
      branch,
      commit: args.commit,
      toolchain,
      strategy,
      startedAt: after(context.now(), -Math.round(seconds * 1000)),
      seconds,
      queuedSeconds: args.queued === undefined ? null : numberIn(args.queued, '--queued'),
      status: args.status,
      ...whole,
    };
    return act(context, 'record-attempt', { record }, ({ result, commit }) =>
      answer({ ...result.record, isNew: result.isNew, stateCommit: commit }, () => [
        line(
          `attempt ${result.record.attempt} of ${result.record.job}`,
          result.isNew ? ' is noted' : ' is known already',
        ),
      ]),
    );
  },
});

function numberIn(word: string, name: string): number {
  const value = Number(word);
  if (NUMBER.test(word) && value <= MOST) return value;
  throw usageError(`${name} ${word} is no number`, 'write it in digits, e.g. 42');
}
