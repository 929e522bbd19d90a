/** What an artifact is called in addresses: its build, the try that made it, and its number in the manifest of that. */
import type { Artifact, Manifest } from '@gityard/domain';

export const artifactIdOf = ({ job, token }: Pick<Manifest, 'job' | 'token'>, index: number): string =>
  `${job}.${token}.${index + 1}`;

export interface NamedArtifact {
  readonly manifest: Manifest;
  readonly artifact: Artifact;
}

/** Of a try that another has followed nothing is left. */
export function artifactNamed(
  id: string,
  manifestOf: (job: string) => Manifest | undefined,
): NamedArtifact | undefined {
  const [, job = '', token, number] = /^(.{1,100})\.(\d{1,9})\.(\d{1,6})$/.exec(id) ?? [];
  const manifest = manifestOf(job);
  const artifact = manifest?.job === job ? manifest.artifacts[Number(number) - 1] : undefined;
  return manifest && artifact && manifest.token === Number(token) ? { manifest, artifact } : undefined;
}
