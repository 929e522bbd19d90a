/**
 * Keeps the heartbeat's thread going and passes words between it and the rest: what we do goes there at once, and every
 * acknowledged beat comes back as a renewal of our leases. Ends last of all loops.
 */
import { Worker } from 'node:worker_threads';
import type { AgentContext } from '../context.ts';
import { pause } from '../pause.ts';
import type { LoopLine } from '../status-board.ts';
import type { FromHeartbeat, HeartbeatSetup, ToHeartbeat } from './heartbeat-messages.ts';

const FAREWELL_MS = 8_000;

export async function heartbeat(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const worker = new Worker(workerFile(), { workerData: setupOf(context), execArgv: [], name: 'heartbeat' });
  const say = (message: ToHeartbeat) => worker.postMessage(message);
  const stopTelling = context.board.onChange((urgency) =>
    say({ kind: 'say', doings: context.board.doings(), urgency }),
  );
  const stopLeading = context.relaying?.way.onChange((url) => say({ kind: 'relay', url }));
  const stopRiding = context.lease.onRide((it) => say({ kind: 'rode', heartbeat: it }));
  let fault: Error | undefined;
  worker.on('message', (message: FromHeartbeat) => hear(context, line, message));
  worker.on('error', (error) => {
    fault = error;
  });
  const exited = new Promise<number>((resolve) => worker.once('exit', resolve));
  try {
    await untilItEnds(exited, signal);
  } catch (error) {
    throw fault ?? error;
  } finally {
    stopTelling();
    stopLeading?.();
    stopRiding();
    await dismiss(worker, exited);
  }
}

/** Run from the sources, as specs do, the thread still needs the built file: a thread cannot be handed a loader. */
function workerFile(): URL {
  const built = import.meta.url.endsWith('.ts') ? '../../dist/loops/heartbeat-worker.js' : './heartbeat-worker.js';
  return new URL(built, import.meta.url);
}

function setupOf({ options, self, board, lease, yard, relaying }: AgentContext): HeartbeatSetup {
  const { address, token, sshKey, refs, version = '', relayKey } = options;
  const shared = { memory: lease.memory.shared, remote: yard.shared };
  const relay = { relayKey, relayUrl: relaying?.way.url };
  return { address, token, sshKey, refs, self, version, doings: board.doings(), ...shared, ...relay };
}

function hear(context: AgentContext, line: LoopLine, message: FromHeartbeat): void {
  const { self, lease, yard, bell, metrics, end } = context;
  if (message.kind === 'failed') line.failed(message.text, message.againInMs);
  else if (message.kind === 'must-go') yard.pushNow();
  else if (message.kind === 'replaced')
    end({ code: 4, reason: `another daemon registered as ${self.id}; this one stops`, error: 'DUPLICATE_AGENT' });
  else {
    lease.acknowledged(message.heartbeat);
    metrics?.heard(message.counters);
    line.doing(`beating every ${Math.round(lease.intervalMs(yard.state.yard) / 1000)} s`);
    bell.ring();
  }
}

/** Throws when the thread died by itself, so that the supervisor begins another. */
async function untilItEnds(exited: Promise<number>, signal: AbortSignal): Promise<void> {
  const code = await Promise.race([exited, aborted(signal)]);
  if (code === undefined) return;
  if (code !== 0) throw new Error(`the heartbeat's thread ended with code ${code}`);
  // It ended in order because we were replaced; the daemon is about to end as well.
  await aborted(signal);
}

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}

async function dismiss(worker: Worker, exited: Promise<number>): Promise<void> {
  const patience = new AbortController();
  worker.postMessage({ kind: 'farewell' } satisfies ToHeartbeat);
  await Promise.race([exited, pause(FAREWELL_MS, patience.signal)]);
  patience.abort();
  await worker.terminate();
}
