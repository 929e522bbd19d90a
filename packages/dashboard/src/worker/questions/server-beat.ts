/** The last sign of life of a server, in full. Of now alone: none are kept. */
import { type Heartbeat, heartbeatFrom } from '@gityard/domain';
import { jsonIn } from './json-in.ts';
import type { Reading } from './question.ts';
import { isServerId } from './server-id.ts';

export async function serverBeat(reading: Reading, { id }: { readonly id: string }): Promise<Heartbeat | null> {
  const file = isServerId(id) ? await reading.file({ ref: 'live' }, `heartbeats/${id}.json`) : undefined;
  const heartbeat = file && heartbeatFrom(jsonIn(file.bytes));
  return heartbeat?.ok ? heartbeat.value : null;
}
