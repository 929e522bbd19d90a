/** Goes back to a point: builds its commit again, as a job like any other. */
import { isFinished, type Job, type JobRequest, jobView } from '@gityard/domain';
import { newId } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument, duration, flag, option } from '../../parameters.ts';
import { priorityOption } from '../../priority.ts';
import { type FoundPoint, findPoint } from '../../rollback/points.ts';
import { absoluteAddress } from '../../start/address.ts';
import { good, line } from '../../text/lines.ts';
import { statusSpan } from '../../text/words.ts';
import { act } from '../../yard/act.ts';
import { findJobAnywhere } from '../../yard/find.ts';
import { looks } from '../../yard/follow.ts';

/** High: whoever goes back is in trouble. */
const PRIORITY = 3;

export const command = defineCommand({
  name: 'rollback to',
  summary: 'build the commit of a rollback point again',
  details:
    'A job like the one that made the point, with high priority. While it is open, the same wish returns it. With --wait it exits 0 when it succeeded, 1 when not.',
  example: 'gityard rollback to build-success-main-20260302T120000Z --wait',
  acts: true,
  parameters: {
    tag: argument('tag', 'the tag, or the beginning of its name'),
    priority: priorityOption,
    repo: option('url', 'what to build, where the point is of no job of the yard'),
    wait: flag('wait for the end of the job'),
    timeout: duration('time', 'how long to wait; else for ever'),
  },
  run: async (context, { tag: word, priority = PRIORITY, repo, wait, timeout }) => {
    const { state } = await context.yard();
    const point = findPoint(state, word);
    const origin = state.jobs.get(point.job);
    const { id: by } = await context.identity();
    const repository =
      repo === undefined ? (point.repository ?? origin?.repository) : absoluteAddress(repo, context.io.cwd);
    if (!origin && !repository)
      throw new CliError('NOT_FOUND', `${point.tag} is of no job of the yard: nobody says which repository to build`, {
        hint: 'name it with --repo <url>',
      });
    const job = { ...likeBefore(origin), ...atPoint(point), repository: repository ?? null, priority };
    let id = '';
    const reply = await act(context, 'submit', { id: newId(), job, by }, ({ result, commit }) => {
      id = result.id;
      return queued(point, result, commit);
    });
    return wait && id !== '' ? ended(context, { id, point, timeout }) : reply;
  },
});

/** What the job was asked for, less what belongs to its own day: when, by whom, after which others, in place of which. */
function likeBefore(job: Job | undefined): JobRequest {
  if (!job) return {};
  const {
    toolchain,
    strategy: named,
    strategyNamed,
    command,
    parameters,
    labels,
    requires,
    locks,
    group,
    retries,
    retryOn,
  } = job;
  const { timeoutSeconds, queueTimeoutSeconds, startTimeoutSeconds, silentTimeoutSeconds } = job;
  const strategy = strategyNamed ? named : undefined;
  const limits = { timeoutSeconds, queueTimeoutSeconds, startTimeoutSeconds, silentTimeoutSeconds };
  return { toolchain, strategy, command, parameters, labels, requires, locks, group, retries, retryOn, ...limits };
}

const atPoint = ({ branch, commit, tag }: FoundPoint) => ({ branch, commit, key: `rollback/${tag}`.slice(0, 200) });

const queued = ({ tag, job: of }: FoundPoint, { id, commit: built }: Job, commit: string | null) =>
  answer({ id, commit, tag, of, built }, () => [
    line('job ', good(id), commit === null ? ` goes back to ${tag} already` : ` goes back to ${tag}`),
  ]);

interface Waiting {
  readonly id: string;
  readonly point: FoundPoint;
  readonly timeout: number | undefined;
}

async function ended(context: Context, { id, point, timeout }: Waiting): Promise<Reply> {
  const deadlineMs = performance.now() + (timeout ?? Number.POSITIVE_INFINITY);
  const yard = await context.yard();
  context.note(`waiting for job ${id}`);
  for await (const _ of looks(context, { signal: context.interruption(), deadlineMs })) {
    const job = findJobAnywhere(yard, id);
    if (!isFinished(job)) continue;
    const value = { ...jobView(job), tag: point.tag, of: point.job };
    return answer(value, () => [line('job ', id, ' ', statusSpan(job.status))], job.status === 'succeeded' ? 0 : 1);
  }
  throw new CliError('TIMEOUT', `job ${id} has not ended in time`, {
    hint: `gityard job why ${id} says what it waits for`,
  });
}
