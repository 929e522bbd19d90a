/**
 * The job that `gityard run` runs: one of the yard as it was asked for, at the commit that was built, or one from the words of
 * the command line. It gets an id of its own, and never comes into any queue.
 */
import { isFinished, type Job, validate } from '@gityard/domain';
import { newId } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { absoluteAddress } from '../start/address.ts';
import { currentRepository } from '../start/current-repository.ts';
import { findJobAnywhere } from '../yard/find.ts';
import { snapshotOf } from './working-tree.ts';

export interface LocalWish {
  readonly id: string | undefined;
  readonly repo: string | undefined;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly toolchain: Job['toolchain'] | undefined;
  readonly strategy: Job['strategy'] | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly keep: boolean;
  readonly command: readonly string[];
}

type Fields = Partial<Job>;

export async function localJob(context: Context, wish: LocalWish, trees: string): Promise<Job> {
  const { id, toolchain, strategy, parameters, secrets, keep, command } = wish;
  const asked = id === undefined ? await fromWords(context, wish, trees) : await fromYard(context, wish, id);
  const own: Fields = {
    ...(toolchain && { toolchain }),
    ...(strategy && { strategy, strategyNamed: true }),
    parameters: { ...asked.parameters, ...parameters },
    secrets: [...new Set([...(asked.secrets ?? []), ...secrets])],
    ...(command.length > 0 && { command: [...command] }),
  };
  const now = new Date().toISOString();
  const held = { id: newId(), status: 'running', submittedAt: now, submittedBy: 'run', token: 1, keepWorkspace: keep };
  const checked = validate('job', JSON.parse(JSON.stringify({ ...asked, ...own, ...held })));
  if (!checked.ok) throw new CliError('INVALID_DATA', `such a job cannot be: ${checked.reason}`);
  return checked.value;
}

async function fromYard(context: Context, { repo, branch, commit }: LocalWish, id: string): Promise<Fields> {
  if (repo ?? branch ?? commit)
    throw usageError('a job says itself what is built', 'leave out --repo, --branch and --commit, or the <id>');
  const job = findJobAnywhere(await context.yard(), id);
  if (job.task !== null) throw usageError(`${job.id} is a task for a processor`, 'gityard task receive works on tasks');
  const { repository, toolchain, strategy, strategyNamed, command, parameters, secrets } = job;
  const { timeoutSeconds, silentTimeoutSeconds } = job;
  context.note(
    `job ${job.id}${job.commit ? ` at ${job.commit.slice(0, 12)}` : isFinished(job) ? '' : ', not built yet: the newest of its branch'}`,
  );
  const fields = {
    repository,
    toolchain,
    strategy,
    strategyNamed,
    command,
    parameters,
    secrets,
    timeoutSeconds,
    silentTimeoutSeconds,
  };
  return { ...fields, branch: job.branch, commit: job.commit };
}

async function fromWords(
  context: Context,
  { repo, branch, commit, command }: LocalWish,
  trees: string,
): Promise<Fields> {
  const { cwd } = context.io;
  const open = { strategyNamed: command.length > 0 };
  if (repo !== undefined)
    return { ...open, repository: absoluteAddress(repo, cwd), branch: branch ?? null, commit: commit ?? null };
  const here = await currentRepository(cwd, []);
  if (!here && command.length > 0) return { repository: null };
  if (!here)
    throw usageError('there is nothing to build', 'give --repo <url>, the <id> of a job, or a command after --');
  if (branch ?? commit) return { ...open, repository: here.folder, branch: branch ?? null, commit: commit ?? null };
  const { isChanged, ...snapshot } = await snapshotOf(here.folder, trees);
  context.note(`the working tree of ${here.folder}${isChanged ? ', with what is not committed' : ''}`);
  return { ...open, ...snapshot };
}
