/** Notes in the history how the agents stand, and what the hours that are over came to. */
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';

export async function health(context: AgentContext, signal: AbortSignal): Promise<string | null> {
  const { yard } = context;
  // Silence is judged by what was seen a moment ago, and not by what we may have missed.
  await yard.live.refresh(signal);
  await ourTurn(context, 'note-health', signal);
  // Mostly nothing happened. A turn to push should not be taken for that.
  if (!yard.foretell('note-health', { now: yard.now() }).ok) return null;
  const noted = await yard.perform('note-health', { now: yard.now() }, { signal });
  if (!noted.ok) {
    if (noted.code === 'NOTHING_TO_DO') return null;
    throw new Error(`the note was refused: ${noted.reason}`);
  }
  const { changes, closed } = noted.result;
  const said = changes.map((it) => `${it.agent} is ${it.to}`);
  return [
    ...said,
    ...(closed.length > 0
      ? [`availability of ${closed.length === 1 ? 'an hour' : `${closed.length} hours`} noted`]
      : []),
  ].join('; ');
}
