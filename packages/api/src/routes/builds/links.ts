/** Where a build, its log and its trace are to be found, and the addresses of what it made. */
import { type Artifact, type Job, type Manifest, type State, traceLink } from '@gityard/domain';
import { artifactIdOf } from '../../artifacts/artifact-id.ts';
import { signAddress } from '../../artifacts/signed-address.ts';
import type { BuildDesk } from '../../desks.ts';

const HOUR_SECONDS = 3_600;

export const buildAddress = (id: string): string => `/api/v1/builds/${encodeURIComponent(id)}`;
export const logAddress = (id: string): string => `${buildAddress(id)}/logs`;

export const linksOf = (job: Pick<Job, 'id' | 'traceparent'>, { yard }: Pick<State, 'yard'>) => ({
  self: buildAddress(job.id),
  logs: logAddress(job.id),
  trace: traceLink(yard.links.trace, job),
});

/** All that are given out in one hour end together, so that an answer which says nothing new is the same. */
export function linksUntil(nowMs: number): number {
  return (Math.floor(nowMs / 1000 / HOUR_SECONDS) + 2) * HOUR_SECONDS;
}

export interface ArtifactView extends Pick<Artifact, 'name' | 'path' | 'sizeBytes' | 'contentType'> {
  readonly artifactId: string;
  readonly sha256Hash: string;
  readonly createdAt: string;
  readonly downloadUrl: string;
}

interface Viewing extends Pick<BuildDesk, 'linkKey'> {
  /** Whoever is not known may see what there is, and gets no address that opens it. */
  readonly isKnown: boolean;
  readonly nowMs: number;
}

export async function artifactViews(
  manifests: readonly Manifest[],
  { linkKey, isKnown, nowMs }: Viewing,
): Promise<ArtifactView[]> {
  if (manifests.length === 0) return [];
  const [key, expiresAt] = [await linkKey(), linksUntil(nowMs)];
  const addressOf = (path: string): string => (isKnown ? signAddress(key, { path, expiresAt }) : path);
  return manifests.flatMap((manifest) =>
    manifest.artifacts.map(({ name, path, sizeBytes, contentType, sha256 }, index) => {
      const artifactId = artifactIdOf(manifest, index);
      return {
        ...{ artifactId, name, path, sizeBytes, contentType, sha256Hash: sha256, createdAt: manifest.createdAt },
        downloadUrl: addressOf(`/api/v1/artifacts/${encodeURIComponent(artifactId)}/download`),
      };
    }),
  );
}
