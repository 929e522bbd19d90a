/**
 * The state at a head, made from the state at an older one: only files that differ are read, and each is parsed once.
 * A file that went bad keeps the last version that was seen in force; what is wrong with it stands in `state.broken`.
 */
import {
  type BrokenFile,
  type Entities,
  type EntityKind,
  type Epoch,
  emptyState,
  type MetricsFile,
  type QueueFile,
  type State,
  type Table,
  VERSIONS,
  type Versions,
  validate,
  withFiles,
} from '@gityard/domain';
import type { Snapshot, TreeEntry } from '@gityard/store';
import { archivePlaceOf, isAnswer, isQueueFile, metricsIdOf, placeOf, queuePathOf } from '../files/paths.ts';
import { type Answer, decodeFile } from './decode-file.ts';

export interface View {
  readonly snapshot: Snapshot;
  readonly state: State;
  /** What is put back when a broken file is restored: by path, the last valid content. */
  readonly lastValid: ReadonlyMap<string, Uint8Array>;
  /** What the program understands that reads it. */
  readonly versions: Versions;
}

export function viewOf(snapshot: Snapshot, older: View | undefined, versions = older?.versions ?? VERSIONS): View {
  if (older && older.snapshot.tree === snapshot.tree) return { ...older, snapshot };
  const reading = new Reading(older, versions);
  for (const { path, before, after } of snapshot.changesSince(older?.snapshot)) {
    const archived = archivePlaceOf(path);
    const metrics = metricsIdOf(path);
    if (archived) reading.archived(archived.folder, Number(after !== undefined) - Number(before !== undefined));
    else if (metrics !== undefined) reading.measured(metrics, after && metricsFile(metrics, after, snapshot));
    else if (after === undefined) reading.gone(path);
    else reading.found(after, snapshot.read(after.oid));
  }
  return { snapshot, state: reading.done(), lastValid: older?.lastValid ?? new Map(), versions };
}

/** Only bytes are kept here; they become text when somebody asks. */
function metricsFile(id: string, { mode, oid }: TreeEntry, snapshot: Snapshot): MetricsFile {
  const bytes = mode === '100644' ? snapshot.read(oid) : undefined;
  const text = () => (bytes ? new TextDecoder().decode(bytes) : null);
  return { id, sizeBytes: bytes?.length ?? 0, text };
}

const DEFAULT_CONFIG = validate('yard', {});
function defaultConfig(): Entities['yard'] {
  if (!DEFAULT_CONFIG.ok) throw new Error(`the default configuration breaks its schema: ${DEFAULT_CONFIG.reason}`);
  return DEFAULT_CONFIG.value;
}

const NO_ANSWER: Answer = { answered: null, refusal: null };

type Put = Map<string, Entities[EntityKind] | null>;

/** Gathers what changed by kind, so that each table is made once, however many files differ. */
class Reading {
  private readonly before: State;
  private readonly broken = new Map<string, BrokenFile | null>();
  private readonly entities = new Map<EntityKind, Put>();
  private readonly queue = new Map<string, Omit<QueueFile, keyof Answer> | null>();
  /** The answers that differ. One may be read before the file that it answers. */
  private readonly answers = new Map<string, Answer>();

  private readonly metrics = new Map<string, MetricsFile | null>();
  /** By folder, how many files more there are. */
  private readonly archive = new Map<string, number>();

  private readonly versions: Versions;

  constructor(older: View | undefined, versions: Versions) {
    this.versions = versions;
    this.before = older?.state ?? emptyState(defaultConfig());
  }

  found(entry: TreeEntry, bytes: Uint8Array | undefined): void {
    const decoded = decodeFile(entry, bytes, this.versions);
    this.broken.set(entry.path, decoded.sort === 'problem' ? decoded.problem : null);
    if (decoded.sort === 'entity') this.put(decoded.kind, decoded.id, decoded.value);
    if (decoded.sort === 'queue') this.queue.set(entry.path, decoded.file);
    if (decoded.sort === 'answer') this.answers.set(decoded.queuePath, decoded.answer);
  }

  gone(path: string): void {
    this.broken.set(path, null);
    if (isQueueFile(path)) this.queue.set(path, null);
    else if (isAnswer(path)) this.answers.set(queuePathOf(path), NO_ANSWER);
    const place = placeOf(path);
    if (place && !('problem' in place)) this.put(place.kind, place.id, null);
  }

  /** Nothing of the archive is in force, so it is counted and not read. */
  archived(folder: string, more: number): void {
    this.archive.set(folder, (this.archive.get(folder) ?? 0) + more);
  }

  measured(id: string, file: MetricsFile | undefined): void {
    this.metrics.set(id, file ?? null);
  }

  done(): State {
    const { before } = this;
    return {
      yard: this.single('yard', before.yard, defaultConfig()),
      branches: this.single('branches', before.branches, { schemaVersion: 1, branches: {} }),
      agents: this.table('agent', before.agents),
      jobs: this.table('job', before.jobs),
      locks: this.table('lock', before.locks),
      messages: this.table('message', before.messages),
      actors: this.table('actor', before.actors),
      manifests: this.table('manifest', before.manifests),
      attestations: this.table('attestation', before.attestations),
      rollbacks: this.table('rollback', before.rollbacks),
      imports: this.table('import', before.imports),
      queue: this.inbox(),
      broken: before.broken.withAll(this.broken),
      quarantine: this.table('quarantine', before.quarantine),
      archive: [...this.archive].reduce((all, [id, more]) => withFiles(all, id, more), before.archive),
      metrics: before.metrics.withAll(this.metrics),
      epoch: this.single<'epoch', Epoch | null>('epoch', before.epoch, null),
      history: this.table('history', before.history),
      notices: this.table('notices', before.notices),
      secrets: this.table('secret', before.secrets),
      tests: this.table('tests', before.tests),
      tokens: this.table('token', before.tokens),
      heartbeats: before.heartbeats,
    };
  }

  private put(kind: EntityKind, id: string, value: Entities[EntityKind] | null): void {
    const put = this.entities.get(kind) ?? new Map();
    this.entities.set(kind, put.set(id, value));
  }

  private single<K extends 'yard' | 'branches' | 'epoch', T = Entities[K]>(kind: K, before: T, whenRemoved: T): T {
    const put = this.entities.get(kind) as Map<string, T | null> | undefined;
    return put ? (put.get(kind) ?? whenRemoved) : before;
  }

  private table<K extends EntityKind>(kind: K, before: Table<Entities[K]>): Table<Entities[K]> {
    return before.withAll((this.entities.get(kind) as Map<string, Entities[K] | null> | undefined) ?? []);
  }

  private inbox(): Table<QueueFile> {
    const paths = new Set([...this.queue.keys(), ...this.answers.keys()]);
    return this.before.queue.withAll([...paths].map((path) => [path, this.inboxFile(path)] as const));
  }

  private inboxFile(path: string): QueueFile | null {
    const before = this.before.queue.get(path);
    const file = this.queue.has(path) ? this.queue.get(path) : before;
    const { answered, refusal } = this.answers.get(path) ?? before ?? NO_ANSWER;
    return file ? { ...file, answered, refusal } : null;
  }
}
