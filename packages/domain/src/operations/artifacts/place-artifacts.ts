/**
 * Says in which store the bytes of a manifest lie: for artifacts that reached it after the result, because it was away. What
 * was made, by whom and when stays as it is; only who made it says where it put it.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { ArtifactPlace, Manifest } from '../../entities/manifest.ts';
import { putManifest, type State } from '../../state.ts';
import { validate } from '../../validate.ts';

export interface PlaceArtifacts {
  readonly job: string;
  /** Of the attempt that made them. */
  readonly token: number;
  readonly agentId: string;
  readonly store: ArtifactPlace;
}

export function placeArtifacts(state: State, { job, token, agentId, store }: PlaceArtifacts): Decision<Manifest> {
  const known = state.manifests.get(job);
  if (!known) return refuse('NOT_FOUND', `the yard has no manifest of ${job}`, [job]);
  if (known.token !== token)
    return refuse('STALE_TOKEN', `the manifest of ${job} is of attempt ${known.token}, not ${token}`, [job]);
  if (known.agent !== agentId)
    return refuse('CONFLICT', `${known.agent} made the artifacts of ${job}, and alone says where they are`, [job]);
  const checked = validate('manifest', JSON.parse(JSON.stringify({ ...known, store })));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [job]);

  const subject = { agent: agentId, job };
  const isSaid = known.store?.name === store.name && known.store.prefix === store.prefix;
  if (isSaid) return accept(known, [], `the manifest of ${job} says so already`, subject);
  return accept(checked.value, [putManifest(checked.value)], `store the artifacts of ${job} in ${store.name}`, subject);
}
