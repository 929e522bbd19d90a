/**
 * Publishes the log of a build while it grows, so that others can follow: under the names that its final files will have, and
 * cut as those are, so that what was read once is never another. A courtesy: it comes after everything else, says less the more
 * there is, and ends when the build does. Where pushes are counted it only goes along with others.
 */
import type { LogFile } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { backOffMs, pause } from '../pause.ts';
import { pushesAreScarce } from '../scarce.ts';
import { GrowingLog } from './growing-log.ts';
import type { Holding } from './holding.ts';

export interface LiveLog {
  /** What goes into the log, in order; `stem` is what the paths of its files begin with. */
  add(piece: Uint8Array, stem: string): void;
  /** Resolves when nothing is under way any more. */
  end(): Promise<void>;
}

/** Short builds are over before anybody could look; what comes then comes as a whole. */
const EVERY_MS = 3_000;
/** The last chunk always goes as a whole: once it is large, only when it has grown much, or after a while. */
const AT_LATEST_MS = 15_000;

export function openLiveLog(context: AgentContext, holding: Holding): LiveLog {
  const growing = new GrowingLog();
  const over = new AbortController();
  let publishing: Promise<void> | undefined;
  return {
    add(piece, stem) {
      growing.add(piece, stem);
      publishing ??= publishAll(context, { holding, growing, over: over.signal });
    },
    async end() {
      over.abort();
      await publishing;
    },
  };
}

interface Publishing {
  readonly holding: Holding;
  readonly growing: GrowingLog;
  readonly over: AbortSignal;
}

async function publishAll(context: AgentContext, { holding, growing, over }: Publishing): Promise<void> {
  let failures = 0;
  let sentAt = Number.NEGATIVE_INFINITY;
  while (!over.aborted && !growing.isDone) {
    await pause(failures === 0 ? EVERY_MS : EVERY_MS + backOffMs(failures), over);
    const isDue = growing.hasGrown || (growing.hasMore && performance.now() - sentAt >= AT_LATEST_MS);
    if (over.aborted || !isDue) continue;
    const files = growing.take();
    const isSent = await publish(context, { files, job: holding.id, over });
    sentAt = performance.now();
    failures = isSent ? 0 : failures + 1;
    if (!isSent) growing.putBack(files);
  }
}

interface Publication {
  readonly files: readonly LogFile[];
  readonly job: string;
  readonly over: AbortSignal;
}

/** Whatever keeps it from coming through keeps nobody else: the whole log comes in the end. */
async function publish(context: AgentContext, { files, job, over: signal }: Publication): Promise<boolean> {
  const { yard, self } = context;
  const keep = yard.state.yard.retention.logsPerAgent;
  try {
    await yard.logs.publish(files, { agent: self.id, job, keep, signal, rides: pushesAreScarce(context) });
    return true;
  } catch (error) {
    if (error instanceof Error) return false;
    throw error;
  }
}
