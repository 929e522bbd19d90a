/**
 * Takes small plain pushes in without starting a program: that is what nearly every commit of a yard is, and two thirds of
 * what it costs. Whatever is not plain is handed to Git's own receive-pack, whole and untouched, which then also says why not.
 */
import { FLUSH, type GitObject, NO_OID, pktLine, readPack } from '@gityard/store/codec';
import { Fits } from './fits.ts';
import { type Incoming, isPlain } from './judge.ts';
import { writeLooseObjects } from './loose-objects.ts';
import { type Moved, moveRef, readRef } from './move-ref.ts';
import { ObjectReader } from './object-reader.ts';
import { type PushBody, type RefMove, readPushBody } from './push-body.ts';

/** Of one object when it is unpacked: a few kilobytes can hold gigabytes. */
const OBJECT_LIMIT_BYTES = 4 * 1024 * 1024;
const BRANCH = /^refs\/heads\/[A-Za-z0-9][A-Za-z0-9_-]*$/;

export class DirectPushes {
  private readonly repositories = new Map<string, Receiver>();

  /** The answer; undefined where Git has to give it, and nothing was changed. */
  take(repository: string, body: Uint8Array): Promise<Buffer | undefined> {
    const known = this.repositories.get(repository) ?? new Receiver(repository);
    this.repositories.set(repository, known);
    return known.take(body);
  }

  async close(): Promise<void> {
    await Promise.all([...this.repositories.values()].map((it) => it.close()));
  }
}

class Receiver {
  private readonly path: string;
  private readonly reader: ObjectReader;
  private readonly fits: Fits;
  /** One push at a time: whoever is late is told so before anything of theirs was unpacked. */
  private lane: Promise<unknown> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
    this.reader = new ObjectReader(path);
    this.fits = new Fits(path);
  }

  take(bytes: Uint8Array): Promise<Buffer | undefined> {
    const body = readPushBody(bytes);
    if (!body || !body.moves.every(isMove)) return Promise.resolve(undefined);
    const turn = this.lane.then(() => this.receive(body));
    this.lane = turn.catch(() => undefined);
    return turn;
  }

  close(): Promise<unknown> {
    return this.reader.close();
  }

  private async receive(body: PushBody): Promise<Buffer | undefined> {
    if (!(await this.fits.now())) return undefined;
    const late = await this.allLate(body.moves);
    if (late) return report(body, late);
    const incoming = await this.unpack(body.pack);
    if (!incoming) return undefined;
    for (const move of body.moves) if (!(await isPlain(move, incoming, this.reader))) return undefined;

    await writeLooseObjects(this.path, incoming.values());
    for (const object of incoming.values()) this.reader.remember(object);
    const outcomes: Moved[] = [];
    for (const move of body.moves) outcomes.push(await moveRef(this.path, move));
    // Objects that are there already harm nobody, so Git may still try where a lock was in the way of all.
    if (outcomes.every((it) => it.kind === 'locked')) return undefined;
    return report(body, outcomes);
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
  return Buffer.concat([...words.map((it) => band(MESSAGE, Buffer.from(it))), band(DATA, status), FLUSH]);
}

/** Git's own words, which clients know for a lost race. */
const FAILED = 'failed to update ref';
const DATA = 1;
const MESSAGE = 2;

function complaint({ ref, old }: RefMove, outcome: Moved | undefined): string[] {
  return outcome?.kind === 'changed'
    ? [`error: cannot lock ref '${ref}': is at ${outcome.to} but expected ${old}\n`]
    : [];
}

function band(number: number, bytes: Uint8Array): Buffer {
  const size = (bytes.length + 5).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(size), Uint8Array.of(number), bytes]);
}
