/**
 * Why this agent takes no jobs just now, for a reason of its own that nobody else could see: its heartbeat says so, and the
 * jobs that wait for it can tell. What stands in the yard (its mode, its full slots) needs no such word.
 */
import { newerSchema } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { folderOnBuildDisk } from '../home/build-folder.ts';
import { freeDiskBytes } from '../machine.ts';
import { sandboxFor } from '../sandbox.ts';

const LEAST_FREE_BYTES = 256 * 1024 * 1024;

/** Null while it does. Its heartbeats say so from now on. */
export async function showTakesNone(context: AgentContext): Promise<string | null> {
  const why = await takesNone(context);
  context.board.takesNoJobs(why);
  return why;
}

/** The same, said to whoever started it as well. */
export async function tellTakesNone(context: AgentContext): Promise<string | null> {
  const before = context.board.doings().takesNoJobs;
  const why = await showTakesNone(context);
  if ((why === null) !== (before === null)) context.emit({ kind: 'takes-jobs', not: why });
  return why;
}

/** What the reason is drawn from. */
type Ground = Pick<
  AgentContext,
  'board' | 'changing' | 'drain' | 'lease' | 'options' | 'policy' | 'running' | 'self' | 'yard'
>;

async function takesNone(ground: Ground): Promise<string | null> {
  if (ground.changing?.towards) return `it is about to change to gityard ${ground.changing.towards}`;
  if (ground.drain.aborted) return 'it was told to stop, and only finishes what it runs';
  if (ground.options.once && ground.running.size > 0) return 'it was started for one job, and runs that one';
  return (
    newerSchema(ground.yard.state)?.reason ??
    blind(ground) ??
    unseen(ground) ??
    (await openToBuilds(ground)) ??
    (await fullDisk(ground))
  );
}

/** Not even what is claimed can be known then. */
function blind({ board }: Ground): string | null {
  const error = board.doings().loops.find((it) => it.name === 'watch')?.error ?? null;
  return error === null ? null : `it cannot look at the yard: ${error}`;
}

/** A claim that we could not keep alive would only send the job round. */
function unseen({ lease, yard }: Ground): string | null {
  const config = yard.state.yard;
  if (!lease.isRenewed(config)) return `no heartbeat of it came through for ${inSeconds(lease.holderMs(config))} s`;
  if (lease.isResting()) return 'it claimed a job that it could not prove to hold, and waits before it claims again';
  return null;
}

/** Tasks are for a program of the owner's own, which needs no wall. */
async function openToBuilds({ options, policy }: Ground): Promise<string | null> {
  if (options.processor !== undefined) return null;
  const choice = await sandboxFor(policy);
  return choice.ok ? null : `${choice.brief}; ${choice.hint}`;
}

async function fullDisk({ options, self }: Ground): Promise<string | null> {
  const { leastFreeBytes = LEAST_FREE_BYTES } = options;
  const places = { 'its home': self.home, 'its builds': await folderOnBuildDisk(self.home) };
  for (const [whose, folder] of Object.entries(places)) {
    const freeBytes = await freeDiskBytes(folder);
    if (freeBytes < leastFreeBytes) return `only ${Math.floor(freeBytes / 1e6)} MB free on the disk of ${whose}`;
  }
  return null;
}

const inSeconds = (ms: number): number => Math.round(ms / 1000);
