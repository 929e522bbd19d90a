/** Where each entity lives in the state branch, both ways: kind and id ⇄ path. The only place that knows the layout (INTERFACE §2). */
import { type ArchivedKind, archivedKindOf, type EntityKind, sha256 } from '@gityard/domain';

export interface Place {
  readonly kind: EntityKind;
  readonly id: string;
}

/** Folders of entities that are many are split by the first two hex digits of sha256(id), so that none grows past 3,000 entries. */
const FOLDERS: readonly { kind: EntityKind; folder: string; sharded: boolean }[] = [
  { kind: 'agent', folder: 'shared/agents', sharded: false },
  { kind: 'job', folder: 'shared/jobs', sharded: true },
  { kind: 'lock', folder: 'shared/locks', sharded: false },
  { kind: 'message', folder: 'shared/messages', sharded: true },
  { kind: 'actor', folder: 'shared/actors', sharded: false },
  { kind: 'manifest', folder: 'shared/manifests', sharded: true },
  { kind: 'attestation', folder: 'shared/attestations', sharded: true },
  { kind: 'rollback', folder: 'shared/rollback', sharded: false },
  { kind: 'import', folder: 'shared/imports', sharded: false },
  { kind: 'notices', folder: 'shared/notices', sharded: false },
  { kind: 'secret', folder: 'shared/secrets', sharded: false },
  { kind: 'tests', folder: 'shared/tests', sharded: true },
  { kind: 'token', folder: 'shared/tokens', sharded: false },
];
const SINGLES: readonly { kind: EntityKind; path: string }[] = [
  { kind: 'yard', path: 'yard.json' },
  { kind: 'branches', path: 'shared/branches_config.json' },
  { kind: 'epoch', path: 'shared/epoch.json' },
];

const QUARANTINE = 'shared/quarantine/';
const HISTORY = 'shared/history/';
const HISTORY_ID = /^\d{4}-\d\d-\d\d\/(?:[01]\d|2[0-3])$/;
const QUARANTINE_ID = /^[^@]+@[0-9a-f]{40}$/;
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

export function pathOf(kind: EntityKind, id: string): string {
  const single = SINGLES.find((it) => it.kind === kind);
  if (single) return single.path;
  if (kind === 'quarantine') return `${QUARANTINE}${id}.json`;
  if (kind === 'history') return `${HISTORY}${id}.json`;
  const place = FOLDERS.find((it) => it.kind === kind);
  if (!place) throw new Error(`no folder holds a ${kind}`);
  return place.sharded ? `${place.folder}/${shardOf(id)}/${id}.json` : `${place.folder}/${id}.json`;
}

/** The place that a path stands for, a sentence on why it can stand for none, or undefined when it is not ours at all. */
export function placeOf(path: string): Place | { readonly problem: string } | undefined {
  const single = SINGLES.find((it) => it.path === path);
  if (single) return { kind: single.kind, id: single.kind };
  if (path.startsWith(QUARANTINE)) return quarantinePlace(path.slice(QUARANTINE.length));
  if (path.startsWith(HISTORY)) return historyPlace(path.slice(HISTORY.length));
  const place = FOLDERS.find((it) => path.startsWith(`${it.folder}/`));
  if (!place || !path.endsWith('.json')) return undefined;

  const parts = path.slice(place.folder.length + 1).split('/');
  const id = (parts.at(-1) ?? '').slice(0, -'.json'.length);
  if (!NAME.test(id)) return { problem: 'has a name that is not lower case letters, digits, ".", "_" and "-"' };
  if (path !== pathOf(place.kind, id)) return { problem: `belongs in ${pathOf(place.kind, id)}` };
  return { kind: place.kind, id };
}

function quarantinePlace(rest: string): ReturnType<typeof placeOf> {
  const id = rest.replace(/\.json$/, '');
  return QUARANTINE_ID.test(id) && id !== rest ? { kind: 'quarantine', id } : undefined;
}

const METRICS_PATH = /^shared\/metrics\/(\d{4}-\d\d(?:-[1-9]\d{0,3})?)\.jsonl$/;
export const metricsIdOf = (path: string): string | undefined => METRICS_PATH.exec(path)?.[1];
export const metricsPathOf = (id: string): string => `shared/metrics/${id}.jsonl`;
function historyPlace(rest: string): ReturnType<typeof placeOf> {
  const id = rest.replace(/\.json$/, '');
  return HISTORY_ID.test(id) && id !== rest ? { kind: 'history', id } : undefined;
}

export const ARCHIVE = 'shared/archive/';
/** From here on a folder of the archive gets shards. With those it still has fewer than 3,000 entries. */
const FULL_FOLDER = 2_500;

/** Where something goes that is put into a folder of the archive (`jobs/2026/03/01`), in which so many lie already. */
export function archivePathOf(folder: string, id: string, filesInFolder: number): string {
  const place = filesInFolder < FULL_FOLDER ? folder : `${folder}/${shardOf(id)}`;
  return `${ARCHIVE}${place}/${id}.json`;
}

export interface ArchivePlace {
  readonly folder: string;
  readonly kind: ArchivedKind;
  readonly id: string;
}

/** Both with a shard and without. */
export function archivePlaceOf(path: string): ArchivePlace | undefined {
  const [, folder = '', shard, id = ''] = ARCHIVE_PATH.exec(path) ?? [];
  const kind = archivedKindOf(folder);
  const isRightShard = shard === undefined || shard === shardOf(id);
  return kind && NAME.test(id) && isRightShard ? { folder, kind, id } : undefined;
}
const ARCHIVE_PATH =
  /^shared\/archive\/((?:jobs|manifests|attestations)\/\d{4}\/\d\d\/\d\d|messages\/\d{4}\/\d\d)(?:\/([0-9a-f]{2}))?\/([^/]+)\.json$/;

export const shardOf = (id: string): string => sha256(id).slice(0, 2);

/** In the inbox itself or in a folder of it; deeper ones are told of and not taken up. */
export const isQueueFile = (path: string): boolean => /^queue\/(?:[^/]+\/)?[^/]+\.json$/.test(path);
/** Looks as if somebody meant it for the inbox, and yet is not taken up. */
export const isNearlyQueueFile = (path: string): boolean => /^queue\/.+\.json$/i.test(path) && !isQueueFile(path);
export const isAnswer = (path: string): boolean => /^queue\/(?:[^/]+\/)?[^/]+\.error\.md$/.test(path);
export const answerPathOf = (queuePath: string): string => `${queuePath.replace(/\.json$/, '')}.error.md`;
export const queuePathOf = (answerPath: string): string => `${answerPath.replace(/\.error\.md$/, '')}.json`;
export const heartbeatPathOf = (agentId: string): string => `heartbeats/${agentId}.json`;
export const READ_MODEL_PATH = 'shared/health_dashboard.json';
