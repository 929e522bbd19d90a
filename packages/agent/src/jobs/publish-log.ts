/** Puts a build's log files on the logs ref. A few tries, each bounded: a log is worth waiting for, a result is worth more. */
import type { BuildOutcome } from '@gityard/builder';
import type { AgentContext } from '../context.ts';
import { atMost, backOffMs, pause } from '../pause.ts';
import { pushesAreScarce } from '../scarce.ts';
import { textOf } from '../trouble.ts';
import type { Holding } from './holding.ts';

const TRIES = 3;
const TRY_MS = 20_000;

/** The path of the structured log, or null when it could not be published: the event says why. */
export async function publishLog(
  context: AgentContext,
  { id: job, token }: Pick<Holding, 'id' | 'token'>,
  files: BuildOutcome['files'],
): Promise<string | null> {
  const path = logPathOf(files);
  if (path === null) return null;
  for (let failures = 1; ; failures++) {
    const error = await publishOnce(context, job, files);
    if (error === undefined) return path;
    if (failures === TRIES || context.cancel.aborted) {
      context.emit({ kind: 'log-lost', job, token, text: `the log of job ${job} was not published: ${textOf(error)}` });
      return null;
    }
    await pause(backOffMs(failures), context.cancel);
  }
}

/** Where the structured log will stand, once it is published. */
export const logPathOf = (files: BuildOutcome['files']): string | null =>
  files.find((it) => it.path.endsWith('.json'))?.path ?? files[0]?.path ?? null;

async function publishOnce(
  { yard, self, giveUp }: AgentContext,
  job: string,
  files: BuildOutcome['files'],
): Promise<Error | undefined> {
  // It may have to wait for its push longer than for any answer.
  const signal = pushesAreScarce({ yard }) ? giveUp : atMost(TRY_MS, giveUp);
  const keep = yard.state.yard.retention.logsPerAgent;
  try {
    await yard.logs.publish(files, { agent: self.id, job, keep, signal });
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}
