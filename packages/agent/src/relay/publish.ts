/** Puts the beats that a relay has gathered on the live ref, with one read model of them all. */
import type { Heartbeat } from '@gityard/domain';
import type { Beat, Yard } from '@gityard/yard';

export async function publishBeats(
  yard: Yard,
  { heartbeats, model }: { heartbeats: readonly Heartbeat[]; model: Beat['model'] },
): Promise<void> {
  // Handed in together they share a commit; the model is made once, with the last.
  const beats = heartbeats.map((heartbeat, at): Beat => {
    return { heartbeat: () => heartbeat, model: at === heartbeats.length - 1 ? model : () => null };
  });
  await Promise.all(beats.map((beat) => yard.live.beat(beat)));
}
