/**
 * Where pushes are counted, a heartbeat rides with every commit that this agent makes anyway: a claim, a start or a result then
 * costs no beat of its own. Nothing is sent from here; without a budget the offer simply stands.
 */
import type { AgentContext } from '../context.ts';
import { pushesAreScarce } from '../scarce.ts';
import type { LoopLine } from '../status-board.ts';
import { BeatMaker } from './make-beat.ts';

export async function ride(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { yard, self, options, lease, bell, relaying } = context;
  const onFault = (text: string) => line.failed(text, 0);
  const isRelayed = () => relaying?.link.isUp ?? false;
  const maker = new BeatMaker({ yard, self, version: options.version ?? '', memory: lease.memory, isRelayed, onFault });
  while (!signal.aborted) {
    line.doing(
      pushesAreScarce(context) ? 'sending a heartbeat along with every commit' : 'not needed: pushes are free',
    );
    const beat = maker.beat(() => ({ doings: doingsOf(context), stopped: false }));
    const heartbeat = await yard.live.beat(beat, { signal, priority: 'rides' }).catch(orLeftBehind);
    if (!heartbeat) continue;
    lease.rode(heartbeat, beat.sentNs);
    bell.ring();
  }
}

function doingsOf({ yard, self, board }: AgentContext) {
  const registered = yard.state.agents.get(self.id);
  // Who bears our name now speaks for itself.
  if (registered && registered.boot !== self.boot) throw new Error(`another daemon registered as ${self.id}`);
  return board.doings();
}

/** Somebody else beat at the same moment. The next push is as good, and a beat of its own comes in time. */
function orLeftBehind(error: unknown): null {
  if ((error as { code?: unknown }).code === 'CONFLICT') return null;
  throw error;
}
