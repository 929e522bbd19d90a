/**
 * Which builds of one commit agree, artifact by artifact: k of n. Builds of one agent count as well as those of many, since
 * a build that does not repeat on one machine will not on two. A pure view of the manifests that the yard holds.
 */
import type { Artifact, Manifest } from '../entities/manifest.ts';
import type { State } from '../state.ts';
import { isBefore } from '../time.ts';

interface Build {
  readonly job: string;
  readonly agent: string;
}

interface LedgerVersion {
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly by: readonly Build[];
}

interface LedgerArtifact {
  readonly path: string;
  /** How many of the builds made the version that most of them made. */
  readonly agree: number;
  readonly of: number;
  readonly versions: readonly LedgerVersion[];
  readonly missing: readonly Build[];
  readonly text: string;
}

export interface LedgerEntry {
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string;
  readonly builds: readonly Build[];
  readonly reproducible: boolean;
  readonly artifacts: readonly LedgerArtifact[];
}

export interface LedgerWish {
  readonly branch?: string | undefined;
  /** Or a beginning of it. */
  readonly commit?: string | undefined;
}

/** What was built more than once, newest first. */
export function ledger({ manifests, jobs }: Pick<State, 'manifests' | 'jobs'>, wish: LedgerWish = {}): LedgerEntry[] {
  const groups = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    if (!isWanted(manifest, wish)) continue;
    const key = JSON.stringify([jobs.get(manifest.job)?.repository ?? null, manifest.commit]);
    groups.set(key, [...(groups.get(key) ?? []), manifest]);
  }
  return [...groups]
    .filter(([, builds]) => builds.length > 1)
    .map(([key, builds]) => ({ repository: (JSON.parse(key) as [string | null])[0], builds: builds.sort(newestFirst) }))
    .sort((a, b) => newestFirst(newest(a.builds), newest(b.builds)))
    .map(({ repository, builds }) => entryOf(repository, builds));
}

const isWanted = ({ branch, commit }: Manifest, wish: LedgerWish): boolean =>
  commit !== null &&
  (wish.branch === undefined || branch === wish.branch) &&
  (wish.commit === undefined || commit.startsWith(wish.commit.toLowerCase()));

const newestFirst = (a: Manifest, b: Manifest): number =>
  isBefore(b.createdAt, a.createdAt) ? -1 : isBefore(a.createdAt, b.createdAt) ? 1 : a.job < b.job ? -1 : 1;
const newest = (builds: readonly Manifest[]): Manifest => builds[0] as Manifest;

function entryOf(repository: string | null, builds: readonly Manifest[]): LedgerEntry {
  const { branch, commit } = newest(builds);
  const paths = [...new Set(builds.flatMap(({ artifacts }) => artifacts.map(({ path }) => path)))].sort();
  const made = builds.map((manifest) => ({
    build: { job: manifest.job, agent: manifest.agent },
    artifacts: new Map(manifest.artifacts.map((it) => [it.path, it])),
  }));
  const artifacts = paths.map((path) => artifactOf(path, made));
  return {
    repository,
    branch,
    commit: commit ?? '',
    builds: made.map((it) => it.build),
    reproducible: artifacts.every(({ agree, of }) => agree === of),
    artifacts,
  };
}

interface Made {
  readonly build: Build;
  readonly artifacts: ReadonlyMap<string, Artifact>;
}

function artifactOf(path: string, made: readonly Made[]): LedgerArtifact {
  const versions = new Map<string, { sha256: string; sizeBytes: number; by: Build[] }>();
  const missing: Build[] = [];
  for (const { build, artifacts } of made) {
    const artifact = artifacts.get(path);
    if (!artifact) missing.push(build);
    else {
      const { sha256, sizeBytes } = artifact;
      const version = versions.get(sha256) ?? { sha256, sizeBytes, by: [] };
      version.by.push(build);
      versions.set(sha256, version);
    }
  }
  const ranked = [...versions.values()].sort((a, b) => b.by.length - a.by.length || (a.sha256 < b.sha256 ? -1 : 1));
  const agree = ranked[0]?.by.length ?? 0;
  const counts = { path, agree, of: made.length, versions: ranked, missing };
  return { ...counts, text: sentence(counts) };
}

/** "3 of 4 builds agree on app.deb; build2 (01j…) differs (size)". */
function sentence({ path, agree, of, versions, missing }: Omit<LedgerArtifact, 'text'>): string {
  const [first, ...others] = versions;
  const differing = others.flatMap(({ sizeBytes, by }) =>
    by.map((it) => `${nameOf(it)} differs (${sizeBytes === first?.sizeBytes ? 'checksum' : 'size'})`),
  );
  const told = [...differing, ...missing.map((it) => `${nameOf(it)} has none`)];
  return [`${agree} of ${of} builds agree on ${path}`, ...told].join('; ');
}

const nameOf = ({ agent, job }: Build): string => `${agent} (${job})`;
