/** Puts the beats that a relay has gathered on the live ref, with one read model of them all. */
import { type Heartbeat, newerSchema, readModel } from '@gityard/domain';
import type { Beat, Yard } from '@gityard/yard';

export async function publishBeats(yard: Yard, heartbeats: readonly Heartbeat[]): Promise<void> {
  // Handed in together they share a commit; the model is made once, with the last.
  const beats = heartbeats.map((heartbeat, at): Beat => {
    return { heartbeat, model: at === heartbeats.length - 1 ? modelOf(yard) : () => null };
  });
  await Promise.all(beats.map((beat) => yard.live.beat(beat)));
}

function modelOf(yard: Yard): Beat['model'] {
  return (heartbeats, sequence) => {
    if (newerSchema(yard.state) !== null) return null;
    const state = { ...yard.state, heartbeats };
    return readModel(state, { now: yard.now(), head: yard.head, sequence, by: yard.actor, push: null });
  };
}
