/**
 * Reads a source from end to end and keeps what it is: the entries, each once, and what is to be said of files that could not
 * be read, or hold nothing for a yard. One broken file costs none of the others.
 */
import { decodeText } from '../reading/decode-text.ts';
import { type Fields, type Item, isFields, itemsIn } from '../reading/items-in.ts';
import { readValues } from '../reading/read-values.ts';
import type { Salvaged } from '../reading/salvage.ts';
import { freeText } from '../shapes/free-text.ts';
import { isJob, JOB_WORDS, jobIdOf } from '../shapes/job.ts';
import { hasEnded } from '../shapes/job-end.ts';
import { type FileKind, kindOfFile } from '../shapes/kind-of-file.ts';
import { isLock } from '../shapes/lock.ts';
import { isMeasurement } from '../shapes/measured-job.ts';
import { isMessage, MESSAGE_WORDS, messageIdOf } from '../shapes/message.ts';
import { isProfile } from '../shapes/profile.ts';
import type { Source, SourceFile } from '../source/source.ts';
import { Findings } from './findings.ts';
import { type Entry, Union } from './union.ts';

export type EntryKind = 'job' | 'message' | 'lock' | 'branch' | 'metric';

export interface Gathered {
  readonly entries: Readonly<Record<EntryKind, Union>>;
  /** Folder → all that its files say. */
  readonly servers: ReadonlyMap<string, Fields>;
  readonly findings: Findings;
  /** Versions of files that were read. */
  readonly versions: number;
}

export interface Gather {
  readonly repair: boolean;
  readonly signal?: AbortSignal | undefined;
  /** Told now and then, how many versions were read. */
  readonly onProgress?: ((versions: number) => void) | undefined;
}

const nameOf = ({ fields, key }: Item): string | null =>
  [fields.name, fields.lock_name, fields.resource, fields.id, key].find((it) => typeof it === 'string') ?? null;

export async function gather(source: Source, options: Gather): Promise<Gathered> {
  const gathering = new Gathering(options.repair);
  let versions = 0;
  for await (const file of source.files()) {
    options.signal?.throwIfAborted();
    gathering.take(file);
    versions++;
    if (versions % 200 === 0) options.onProgress?.(versions);
  }
  return { ...gathering, versions };
}

const IS: Readonly<Record<EntryKind, (fields: Fields) => boolean>> = {
  job: isJob,
  message: isMessage,
  lock: isLock,
  branch: isProfile,
  metric: isMeasurement,
};

class Gathering {
  readonly entries: Record<EntryKind, Union> = {
    job: new Union({
      words: JOB_WORDS,
      idOf: jobIdOf,
      knowsMore: (known, other) => !hasEnded(known) && hasEnded(other),
    }),
    message: new Union({ words: MESSAGE_WORDS, idOf: messageIdOf }),
    lock: new Union({ words: ['locked_at', 'acquired_at', 'locked_by', 'holder'], idOf: nameOf }),
    branch: new Union({ words: ['repo_path', 'repository'], idOf: nameOf }),
    metric: new Union({ words: ['timestamp'], idOf: jobIdOf }),
  };
  readonly servers = new Map<string, Fields>();
  readonly findings = new Findings();
  private readonly repair: boolean;

  constructor(repair: boolean) {
    this.repair = repair;
  }

  take(file: SourceFile): void {
    const kind = kindOfFile(file.path);
    const nothing = kind === null ? undefined : NOTHING[kind];
    if (kind === null) return;
    if (nothing) this.findings.file(file, { outcome: 'dropped', reason: nothing, line: null });
    else if (file.bytes === null)
      this.findings.file(file, { outcome: 'quarantined', reason: file.problem ?? 'cannot be read', line: null });
    else if (kind === 'text') this.takeText(file, file.bytes);
    else this.takeData(file, { kind, bytes: file.bytes });
  }

  private takeText(file: SourceFile, bytes: Uint8Array): void {
    const { text, damage } = decodeText(bytes);
    if (text.trim() === '') this.findings.file(file, { outcome: 'dropped', reason: 'is empty', line: null });
    else if (damage !== null && !this.repair)
      this.findings.file(file, { outcome: 'quarantined', reason: damage, line: null });
    else this.entries.message.add(entryOf(file, { item: freeText(file.path, text, file.author), line: null, damage }));
  }

  private takeData(file: SourceFile, { kind, bytes }: { kind: FileKind; bytes: Uint8Array }): void {
    const { values, damage } = readValues(bytes, { repair: this.repair });
    if (damage !== null) this.findings.damaged(file, { ...damage, isRepaired: this.repair && values.length > 0 });
    if (kind === 'server') this.takeServer(file, values[0]?.value);
    else if (values.length > 0) this.takeEntries(file, { kind, values, damage: damage?.reason ?? null });
  }

  private takeEntries(file: SourceFile, { kind, values, damage }: ToTake): void {
    const kinds: readonly EntryKind[] = kind === 'any' ? ['message', 'job', 'lock'] : [kind as EntryKind];
    const { items, others } = itemsIn(values, (fields) => kinds.some((it) => IS[it](fields)));
    for (const item of items) {
      const own = kinds.find((it) => IS[it](item.fields));
      if (own) this.entries[own].add(entryOf(file, { item, line: item.line, damage }));
    }
    if ((kind === 'any' || kind === 'metric') && items.length === 0)
      this.findings.file(file, { outcome: 'dropped', reason: 'holds nothing that a yard keeps', line: null });
    else for (const other of others) this.findings.stray(file, { ...other, kind });
  }

  /** A server is there by its folder, whatever became of its files. */
  private takeServer(file: SourceFile, value: unknown): void {
    const folder = file.path.split('/')[0] ?? '';
    this.servers.set(folder, { ...(isFields(value) ? value : {}), ...this.servers.get(folder) });
  }
}

interface ToTake {
  readonly kind: FileKind;
  readonly values: readonly Salvaged[];
  readonly damage: string | null;
}

/** Files that are no loss. */
const NOTHING: Readonly<Partial<Record<FileKind, string>>> = {
  derived: 'is made from the rest: a yard makes its own',
  log: 'is a log: it stays where it is, in the repository that was imported',
  rollback: 'names tags and manifests of another repository, which stay there',
};

function entryOf(file: SourceFile, about: Pick<Entry, 'item' | 'damage'> & { line: number | null }): Entry {
  const { path, commit, replacedBy, time } = file;
  const top = path.split('/')[0] ?? '';
  return {
    item: about.item,
    place: { path, line: about.line, commit },
    server: ['coordination', 'shared', 'messages'].includes(top) ? null : top,
    fileTime: time,
    damage: about.damage,
    lostIn: replacedBy,
  };
}
