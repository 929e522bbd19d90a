/**
 * Answers what makes up nearly all traffic of a yard without starting a program: small plain pushes, and looks at a ref by
 * somebody who is a few of them behind. Whatever is not plain is for Git's own programs, whole and untouched, which then also
 * say why not.
 */
import {
  DELIMITER,
  FLUSH,
  type GitObject,
  NO_OID,
  type PackEntry,
  pktLine,
  readPack,
  writePack,
} from '@gityard/store/codec';
import { dataBand, END, messageBand } from './bands.ts';
import { readFetchBody } from './fetch-body.ts';
import { Fits } from './fits.ts';
import { type Incoming, stepOf } from './judge.ts';
import { writeLooseObjects } from './loose-objects.ts';
import { type Moved, moveRef, readRef } from './move-ref.ts';
import { ObjectReader } from './object-reader.ts';
import { type PushBody, type RefMove, readPushBody } from './push-body.ts';
import { RecentPushes } from './recent-pushes.ts';

/** Of one object when it is unpacked: a few kilobytes can hold gigabytes. */
const OBJECT_LIMIT_BYTES = 4 * 1024 * 1024;
const BRANCH = /^refs\/heads\/[A-Za-z0-9][A-Za-z0-9_-]*$/;

/** Each answers, or gives undefined where Git has to; then nothing was changed. */
export class DirectLane {
  private readonly repositories = new Map<string, Repository>();

  push(repository: string, body: Uint8Array): Promise<Buffer | undefined> {
    return this.of(repository).push(body);
  }

  fetch(repository: string, body: Uint8Array): Promise<Buffer | undefined> {
    return this.of(repository).fetch(body);
  }

  async close(): Promise<void> {
    await Promise.all([...this.repositories.values()].map((it) => it.close()));
  }

  private of(path: string): Repository {
    const known = this.repositories.get(path) ?? new Repository(path);
    this.repositories.set(path, known);
    return known;
  }
}

class Repository {
  private readonly path: string;
  private readonly reader: ObjectReader;
  private readonly fits: Fits;
  private readonly recent = new RecentPushes();
  /** One push at a time: whoever is late is told so before anything of theirs was unpacked. */
  private lane: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
    this.reader = new ObjectReader(path);
    this.fits = new Fits(path);
  }

  push(bytes: Uint8Array): Promise<Buffer | undefined> {
    const body = readPushBody(bytes);
    if (!body?.moves.every(isMove)) return Promise.resolve(undefined);
    const turn = this.lane.then(() => this.receive(body));
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  async fetch(bytes: Uint8Array): Promise<Buffer | undefined> {
    const body = readFetchBody(bytes);
    if (!body || !BRANCH.test(body.ref)) return undefined;
    const head = await readRef(this.path, body.ref);
    const entries = head === undefined ? undefined : this.recent.between(body.have, head);
    if (!entries?.every((it) => it.type !== 'blob' || it.body.length <= body.blobLimitBytes)) return undefined;
    return Buffer.concat([
      ...[pktLine('wanted-refs\n'), pktLine(`${head} ${body.ref}\n`), DELIMITER, pktLine('packfile\n')],
      ...[dataBand(writePack(entries)), END],
    ]);
  }

  close(): Promise<unknown> {
    return this.reader.close();
  }

  private async receive(body: PushBody): Promise<Buffer | undefined> {
    const { moves } = body;
    if (!(await this.fits.now())) return undefined;
    const late = await this.allLate(moves);
    if (late) return report(body, late);
    const incoming = await this.unpack(body.pack);
    const steps = incoming && (await this.stepsOf(moves, incoming));
    if (!steps) return undefined;

    await writeLooseObjects(this.path, incoming.values());
    const outcomes: Moved[] = [];
    for (const move of moves) outcomes.push(await moveRef(this.path, move));
    // Objects that are there already harm nobody, so Git may still try where a lock was in the way of all.
    if (outcomes.every((it) => it.kind === 'locked')) return undefined;
    for (const object of incoming.values()) this.reader.remember(object);
    moves.forEach((move, at) => {
      if (outcomes[at]?.kind === 'moved') this.recent.took({ ...move, entries: steps[at] ?? [] });
    });
    return report(body, outcomes);
  }

  private async stepsOf(moves: readonly RefMove[], incoming: Incoming) {
    const steps: (readonly PackEntry[])[] = [];
    for (const move of moves) {
      const step = await stepOf(move, incoming, this.reader);
      if (!step) return undefined;
      steps.push(step);
    }
    return steps;
  }

  /** What every move would meet, where none can succeed. */
  private async allLate(moves: readonly RefMove[]): Promise<Moved[] | undefined> {
    const outcomes: Moved[] = [];
    for (const { ref, old } of moves) {
      const current = await readRef(this.path, ref);
      if (current === undefined || current === old) return undefined;
      outcomes.push({ kind: 'changed', to: current });
    }
    return outcomes;
  }

  private async unpack(pack: Uint8Array): Promise<Incoming | undefined> {
    const lookup = (oid: string): GitObject | undefined => this.reader.recall(oid);
    try {
      const first = await readPack(pack, { lookup, objectLimitBytes: OBJECT_LIMIT_BYTES });
      await Promise.all(first.missingBases.map((oid) => this.reader.read(oid)));
      const { objects, missingBases } =
        first.missingBases.length === 0
          ? first
          : await readPack(pack, { lookup, objectLimitBytes: OBJECT_LIMIT_BYTES });
      return missingBases.length === 0 ? new Map(objects.map((it) => [it.oid, it])) : undefined;
    } catch {
      // A pack that we cannot read is Git's to refuse.
      return undefined;
    }
  }
}

/** An existing branch to another commit. */
const isMove = ({ ref, old, next }: RefMove): boolean =>
  BRANCH.test(ref) && old !== NO_OID && next !== NO_OID && old !== next;

function report({ moves, sideBand }: PushBody, outcomes: readonly Moved[]): Buffer {
  const lines = moves.map(({ ref }, at) => (outcomes[at]?.kind === 'moved' ? `ok ${ref}\n` : `ng ${ref} ${FAILED}\n`));
  const status = Buffer.concat([pktLine('unpack ok\n'), ...lines.map((it) => pktLine(it)), FLUSH]);
  if (!sideBand) return status;
  const words = moves.flatMap((move, at) => complaint(move, outcomes[at]));
  return Buffer.concat([...words.map(messageBand), dataBand(status), END]);
}

/** Git's own words, which clients know for a lost race. */
const FAILED = 'failed to update ref';

function complaint({ ref, old }: RefMove, outcome: Moved | undefined): string[] {
  return outcome?.kind === 'changed'
    ? [`error: cannot lock ref '${ref}': is at ${outcome.to} but expected ${old}\n`]
    : [];
}
