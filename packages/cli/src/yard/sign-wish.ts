/**
 * Signs a job before it is submitted: exactly as the yard will hold it, with the commit that its branch has now, so that nobody
 * who may push can make another job of it.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { after, type InputOf } from '@gityard/domain';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { signingKeySetting } from '../start/signing-key.ts';

type Wish = Pick<InputOf<'submit'>, 'id' | 'job' | 'by'>;

export interface Signing {
  readonly signingKey: string | undefined;
  readonly validFor: number | undefined;
}

const DAY_MS = 86_400_000;
/** Clocks differ, and a signature that is good a little too soon harms nobody. */
const SLACK_MS = -10 * 60_000;

export async function signedWish(
  context: Context,
  wish: Wish,
  { signingKey, validFor = DAY_MS }: Signing,
): Promise<Wish> {
  const yard = await context.yard();
  const { yardId } = yard.state.yard;
  if (yardId === null)
    throw new CliError('SIGNATURE', 'the yard has no id that a signature could name', {
      hint: `write one into its yard.json, e.g. "yardId": "${randomUUID()}"`,
    });
  const job = { ...wish.job, commit: await commitToSign(context, wish.job) };
  const now = context.now();
  const foretold = yard.foretell('submit', { ...wish, job, now });
  // What is refused, or there already under its key, needs no signature: the submission itself says so.
  if (!foretold.ok || foretold.result.id !== wish.id) return { ...wish, job };
  const validity = {
    yard: yardId,
    notBefore: after(now, SLACK_MS),
    expires: after(now, validFor),
    nonce: randomUUID(),
  };
  const { signJob } = await import('@gityard/agent');
  return {
    ...wish,
    job: { ...job, signature: await signJob(foretold.result, validity, await keyFile(context, signingKey)) },
  };
}

async function keyFile(context: Context, given: string | undefined): Promise<string> {
  const { cwd, env } = context.io;
  return resolve(cwd, given ?? signingKeySetting(env, await context.localConfigs()).value);
}

async function commitToSign(
  context: Context,
  { repository, branch, commit }: Wish['job'],
): Promise<string | undefined> {
  if (repository === null || repository === undefined) return undefined;
  if (branch === null || branch === undefined)
    throw usageError('a signed job says which branch it builds', 'add --branch <name>');
  if (commit === null || commit === undefined) return newestCommit(context, { repository, branch });
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit)) return commit;
  throw usageError(
    `a signed job names its commit in full, and ${commit} is a beginning`,
    'write all of it, or leave out --commit',
  );
}

async function newestCommit(context: Context, { repository, branch }: { repository: string; branch: string }) {
  const { branchHeads } = await import('@gityard/builder');
  const folder = context.io.cwd;
  const heads = await branchHeads({ repository, branches: [branch], folder, stop: context.interruption() });
  const head = heads.get(branch);
  if (head !== undefined) return head;
  throw new CliError('NOT_FOUND', `${repository} has no branch ${branch}`, {
    hint: 'name another branch, or give --commit',
  });
}
