/** What two manifests say of the same paths. Knows digests and sizes alone: why files differ, only their bytes can tell. */
import type { Artifact, Manifest } from '../entities/manifest.ts';

export const DIGESTS = ['md5', 'sha256', 'sha512'] as const;
export type DigestName = (typeof DIGESTS)[number];

interface ChecksumDifference {
  readonly path: string;
  readonly sizeBytes: number;
  /** Which of them differ, of those that both manifests have. */
  readonly digests: readonly DigestName[];
  readonly left: string;
  readonly right: string;
}

interface SizeDifference {
  readonly path: string;
  readonly left: number;
  readonly right: number;
}

export interface Comparison {
  readonly identical: boolean;
  readonly same: readonly string[];
  /** Of the same size, with other bytes. */
  readonly checksum: readonly ChecksumDifference[];
  readonly size: readonly SizeDifference[];
  /** What each side lacks. */
  readonly missing: { readonly left: readonly string[]; readonly right: readonly string[] };
}

type Artifacts = Pick<Manifest, 'artifacts'>;

export function compareManifests(left: Artifacts, right: Artifacts): Comparison {
  const [ours, theirs] = [byPath(left), byPath(right)];
  const pairs = [...ours].flatMap(([path, one]) => {
    const other = theirs.get(path);
    return other ? [{ path, one, other }] : [];
  });
  const size = pairs
    .filter(({ one, other }) => one.sizeBytes !== other.sizeBytes)
    .map(({ path, one, other }) => ({ path, left: one.sizeBytes, right: other.sizeBytes }));
  const alike = pairs.filter(({ one, other }) => one.sizeBytes === other.sizeBytes);
  const checksum = alike.filter(({ one, other }) => differing(one, other).length > 0).map(checksumDifference);
  const missing = { left: lacking(ours, theirs), right: lacking(theirs, ours) };
  return {
    identical: size.length + checksum.length + missing.left.length + missing.right.length === 0,
    same: alike.filter(({ one, other }) => differing(one, other).length === 0).map(({ path }) => path),
    checksum,
    size,
    missing,
  };
}

/** In the order of their paths, whatever order a manifest has. */
const byPath = ({ artifacts }: Artifacts): ReadonlyMap<string, Artifact> =>
  new Map([...artifacts].sort((a, b) => (a.path < b.path ? -1 : 1)).map((it) => [it.path, it]));

const differing = (one: Artifact, other: Artifact): readonly DigestName[] =>
  DIGESTS.filter((name) => one[name] !== null && other[name] !== null && one[name] !== other[name]);

interface Pair {
  readonly path: string;
  readonly one: Artifact;
  readonly other: Artifact;
}

const checksumDifference = ({ path, one, other }: Pair): ChecksumDifference => ({
  path,
  sizeBytes: one.sizeBytes,
  digests: differing(one, other),
  left: one.sha256,
  right: other.sha256,
});

const lacking = (side: ReadonlyMap<string, Artifact>, other: ReadonlyMap<string, Artifact>): readonly string[] =>
  [...other.keys()].filter((path) => !side.has(path));
