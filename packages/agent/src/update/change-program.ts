/**
 * The job of an update, in both of its lives. The old program fetches and checks the new one, lets its other builds end, notes the
 * trial and gives the job back; the new one claims it again, which it can only do once its heartbeat came through, stays for a
 * while, and says so. Killed anywhere, the job is claimed again by whichever program runs then, and goes on from what was noted.
 */
import assert from 'node:assert/strict';
import { compareVersions, isListed, type Update } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import type { Holding } from '../jobs/holding.ts';
import { checksSignatures } from '../jobs/trusted-job.ts';
import { monotonicMs, pause } from '../pause.ts';
import { keyOf } from '../status-board.ts';
import { SETTLING_MS } from './changing.ts';
import { checkProgram } from './check-program.ts';
import { confirmed, NO_PROGRAMS, type Programs, readPrograms, writePrograms } from './programs.ts';
import { putProgram, sweepPrograms } from './put-program.ts';
import { UpdateError } from './update-error.ts';

/** So long a program must live after its first beat before it counts as healthy. */
const STAY_MS = 10_000;

export type Changed =
  | { readonly kind: 'ended'; readonly ok: boolean; readonly text: string }
  /** Noted: whoever started this process starts the other program once we have ended. */
  | { readonly kind: 'changes'; readonly text: string };

export async function changeProgram(context: AgentContext, holding: Holding, signal: AbortSignal): Promise<Changed> {
  const { home } = context.self;
  const { update } = holding.job;
  assert(update, 'only the job of an update comes here');
  const programs = (await readPrograms(home)) ?? NO_PROGRAMS;
  if (programs.ended?.job === holding.id) {
    // Said once: whoever retries the job wants another try.
    await writePrograms(home, { ...programs, ended: null });
    return { kind: 'ended', ...programs.ended };
  }
  if (context.changing?.trialOf === holding.id) return prove(context, programs, signal);
  mustBeAllowed(context, holding, update);
  if (isRunning(context, programs, update))
    return { kind: 'ended', ok: true, text: `gityard ${update.version} runs already` };
  return begin(context, { holding, update, programs }, signal);
}

async function prove(context: AgentContext, programs: Programs, signal: AbortSignal): Promise<Changed> {
  const { changing, self } = context;
  assert(changing, 'a trial is started by a launcher');
  await pause(STAY_MS, signal);
  signal.throwIfAborted();
  const after = confirmed(programs, changing.installed);
  assert(after.ended, 'it was on trial');
  await writePrograms(self.home, after);
  changing.trialOf = null;
  changing.settlesAtMs = monotonicMs() + SETTLING_MS;
  await sweepPrograms(self.home, after);
  return { kind: 'ended', ok: true, text: after.ended.text };
}

function mustBeAllowed(context: AgentContext, { job }: Holding, { source, version }: Update): void {
  const { changing, options, policy } = context;
  if (!isListed(policy.updates, source))
    throw new UpdateError('policy', `its policy does not allow updates from ${source}: gityard agent allow --updates`);
  if (!changing) throw new UpdateError('policy', 'updates were allowed after it was started: start it anew');
  const { version: own = '' } = options;
  const isSigned = job.signature !== null && checksSignatures(context);
  // Whoever may push could otherwise bring a known weakness back.
  if (compareVersions(version, own) < 0 && !isSigned)
    throw new UpdateError('policy', `${version} is older than ${own}: only a signed job may ask for that`);
}

function isRunning({ options }: AgentContext, { current }: Programs, { version, integrity }: Update): boolean {
  return current === null ? options.version === version : current.integrity === integrity;
}

interface Change {
  readonly holding: Holding;
  readonly update: Update;
  readonly programs: Programs;
}

async function begin(context: AgentContext, change: Change, signal: AbortSignal): Promise<Changed> {
  const { changing, self } = context;
  const { holding, update, programs } = change;
  assert(changing, 'asked for before');
  const say = (progress: string) =>
    context.board.putJob({ id: holding.id, token: holding.token, stage: 'Update', progress });
  say(`fetching gityard ${update.version}`);
  await sweepPrograms(self.home, programs);
  const program = await putProgram(self.home, update, signal);
  say(`gityard ${update.version} checks itself`);
  await checkProgram(self.home, program, signal);

  changing.towards = update.version;
  try {
    say('waiting for what else runs here to end');
    await othersEnded(context, holding, signal);
    const before = { ...programs, ended: null };
    await writePrograms(self.home, { ...before, trial: { program, job: holding.id, started: false } });
  } catch (error) {
    changing.towards = null;
    throw error;
  }
  return { kind: 'changes', text: `${self.id} starts gityard ${update.version}, which goes on with it` };
}

async function othersEnded({ running }: AgentContext, { job }: Holding, signal: AbortSignal): Promise<void> {
  const own = keyOf(job);
  const others = [...running].filter(([key]) => key !== own).map(([, end]) => end);
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await Promise.race([Promise.all(others), stopped]);
  signal.throwIfAborted();
}
