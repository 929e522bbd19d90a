/** Builds that left artifacts, newest first, a page at a time. Each manifest that is read may cost a request. */
import { type Manifest, manifestFrom, type Time } from '@gityard/domain';
import { bornAt } from '../born-at.ts';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { idOf, placeAt } from '../state-files.ts';

export interface ManifestsAsked {
  readonly at: string;
  readonly count: number;
  /** false: the names alone, for whoever has few requests left. */
  readonly read: boolean;
}

export interface BuildRow {
  readonly job: string;
  /** null: not read, or nothing that can be. */
  readonly facts: BuildFacts | null;
  readonly bornAt: Time | null;
}

export interface BuildFacts {
  readonly agent: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly createdAt: Time;
  readonly files: number;
  readonly sizeBytes: number;
  /** How the first of them are called, each name once. */
  readonly names: readonly string[];
}

export interface ManifestsPage {
  readonly builds: readonly BuildRow[];
  readonly total: number;
}

const MOST_NAMES = 4;

export async function manifests(reading: Reading, { at, count, read }: ManifestsAsked): Promise<ManifestsPage> {
  const place = placeAt(at);
  const entries = (await reading.tree(place, 'shared/manifests'))
    .filter(({ path }) => path.endsWith('.json'))
    .sort((a, b) => (idOf(a.path) < idOf(b.path) ? 1 : -1));
  const page = entries.slice(0, count);
  const rowOf = (path: string, facts: BuildFacts | null) => ({ job: idOf(path), bornAt: bornAt(idOf(path)), facts });
  const builds = read
    ? (await reading.blobs(page, place)).map(({ path, bytes }) => rowOf(path, factsIn(bytes)))
    : page.map(({ path }) => rowOf(path, null));
  return { builds, total: entries.length };
}

function factsIn(bytes: Uint8Array): BuildFacts | null {
  const manifest = manifestFrom(jsonIn(bytes));
  return manifest.ok ? factsOf(manifest.value) : null;
}

const factsOf = ({ agent, branch, commit, createdAt, artifacts }: Manifest): BuildFacts => ({
  ...{ agent, branch, commit, createdAt },
  files: artifacts.length,
  sizeBytes: artifacts.reduce((sum, it) => sum + it.sizeBytes, 0),
  names: [...new Set(artifacts.map((it) => it.name))].slice(0, MOST_NAMES),
});
