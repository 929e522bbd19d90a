/** Whether two manifests speak of the same builds' files with the same bytes, whoever measured them and when. */
import type { Manifest } from '../entities/manifest.ts';

export function sameArtifacts(left: Manifest, right: Manifest): boolean {
  return (
    left.branch === right.branch &&
    left.commit === right.commit &&
    left.artifacts.length === right.artifacts.length &&
    JSON.stringify(bytesOf(left)) === JSON.stringify(bytesOf(right))
  );
}

const bytesOf = ({ artifacts }: Manifest) => artifacts.map(({ path, sha256 }) => `${sha256} ${path}`).sort();
