/**
 * Looks at the remote again and again, so that everybody else here can go by the state in memory; they are woken when it
 * moved. Also notices when the yard says that this daemon is not the one who bears its name any more.
 */
import type { AgentContext } from '../context.ts';
import { jittered, pause } from '../pause.ts';
import { pushesAreScarce } from '../scarce.ts';
import type { LoopLine } from '../status-board.ts';

const JITTER = 0.1;
const LONGEST_STRETCH = 6;
/** So many looks that found nothing new make the pauses one poll longer. */
const QUIET_LOOKS = 30;

export async function watch(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { yard, roundTrip, lease } = context;
  let quiet = 0;
  while (!signal.aborted) {
    const before = yard.head;
    await roundTrip.measure(() => yard.refresh(signal));
    lease.memory.remoteAnswered(roundTrip.ms);
    quiet = yard.head === before ? quiet + 1 : 0;
    if (!isOurself(context)) return;
    const pauseMs = pollMs(context, quiet);
    line.doing(`watching ${yard.address}, a look every ${Math.round(pauseMs / 100) / 10} s`);
    await pause(jittered(pauseMs, JITTER), signal);
  }
}

/** Where requests are counted, a yard in which nothing happens is asked less often; elsewhere they cost nothing. */
function pollMs({ yard, running }: AgentContext, quiet: number): number {
  const ms = yard.state.yard.poll.seconds * 1000;
  if (running.size > 0 || !pushesAreScarce({ yard })) return ms;
  return ms * Math.min(LONGEST_STRETCH, 1 + Math.floor(quiet / QUIET_LOOKS));
}

function isOurself({ yard, self, end }: AgentContext): boolean {
  const registered = yard.state.agents.get(self.id);
  if (registered?.boot === self.boot) return true;
  if (registered) {
    const reason = `another daemon registered as ${self.id} on ${registered.host}; this one stops`;
    end({ code: 4, reason, error: 'DUPLICATE_AGENT' });
  } else {
    end({ code: 1, reason: `agent ${self.id} was removed from the yard`, error: 'UNKNOWN_AGENT' });
  }
  return false;
}
