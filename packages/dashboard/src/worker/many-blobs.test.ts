import { describe, expect, it } from 'vitest';
import { MemoryKeeping } from '../testing/memory-keeping.ts';
import { manyBlobs } from './many-blobs.ts';
import { blobOid } from './sources/git-hash.ts';
import type { Batch } from './sources/source.ts';

const PLACE = { commit: 'c'.repeat(40) };

describe('many-blobs', () => {
  it('asks in batches for what is not kept, each content once, and keeps it', async () => {
    const { many, asked, entries, keeping } = await world(['a', 'b', 'c', 'a', 'd'], { most: 2 });
    await keeping.keepObject(entries[2]?.oid ?? '', bytesOf('c'));

    const found = await many.blobs(entries, PLACE);

    expect(found.map(({ path, bytes }) => `${path} ${textOf(bytes)}`)).toEqual(['0 a', '1 b', '2 c', '3 a', '4 d']);
    expect(asked).toEqual(['batch of 2', 'batch of 1']);
    asked.length = 0;
    await many.blobs(entries, PLACE);
    expect(asked).toEqual([]);
  });

  it('asks singly, at its place, for what a batch does not bring, or brings as something else', async () => {
    const { many, asked, entries } = await world(['a', 'b', 'c'], { most: 9, answers: (_, bytes) => bytes });
    const wrong = await world(['a', 'b', 'c'], { most: 9, answers: () => bytesOf('other') });
    const absent = await world(['a', 'b', 'c'], { most: 9, answers: () => undefined });

    expect(textsOf(await many.blobs(entries, PLACE))).toEqual(['a', 'b', 'c']);
    expect(asked).toEqual(['batch of 3']);
    for (const { many, asked, entries } of [wrong, absent]) {
      expect(textsOf(await many.blobs(entries, PLACE))).toEqual(['a', 'b', 'c']);
      expect(asked).toEqual(['batch of 3', '0 at cccc', '1 at cccc', '2 at cccc']);
    }
  });

  it('asks singly where there are no batches, where one fails, and for a single one', async () => {
    const without = await world(['a', 'b'], null);
    const failing = await world(['a', 'b'], {
      most: 9,
      answers: () => {
        throw new Error('no such endpoint');
      },
    });
    const single = await world(['a'], { most: 9 });

    for (const { many, entries } of [without, failing, single]) await many.blobs(entries, { ref: 'state' });

    expect(without.asked).toEqual(['0 anywhere', '1 anywhere']);
    expect(failing.asked).toEqual(['batch of 2', '0 anywhere', '1 anywhere']);
    expect(single.asked).toEqual(['0 anywhere']);
  });

  it('says what they would cost, by the batches in which they would come', async () => {
    const texts = ['a', 'b', 'c', 'd', 'e'];
    const [batched, single, free] = [
      await world(texts, { most: 2 }, 50),
      await world(texts, null, 50),
      await world(texts, null, null),
    ];

    expect(await batched.many.costOf(batched.entries)).toEqual({ requests: 3, left: 50 });
    expect(await single.many.costOf(single.entries)).toEqual({ requests: 5, left: 50 });
    expect(await free.many.costOf(free.entries)).toBeNull();
    await batched.many.blobs(batched.entries, PLACE);
    expect(await batched.many.costOf(batched.entries)).toEqual({ requests: 0, left: 50 });
  });

  it('stops with whoever waited', async () => {
    const over = new AbortController();
    const { many, asked, entries } = await world(['a', 'b'], {
      most: 9,
      answers: () => {
        over.abort(new Error('gone'));
        throw over.signal.reason;
      },
      signal: over.signal,
    });

    await expect(many.blobs(entries, PLACE)).rejects.toThrow('gone');
    expect(asked).toEqual(['batch of 2']);
  });
});

interface BatchOf {
  readonly most: number;
  readonly answers?: (oid: string, bytes: Uint8Array) => Uint8Array | undefined;
  readonly signal?: AbortSignal;
}

async function world(texts: readonly string[], batch: BatchOf | null, left: number | null = null) {
  const asked: string[] = [];
  const keeping = new MemoryKeeping();
  const blobs = new Map<string, Uint8Array>();
  const entries = await Promise.all(
    texts.map(async (text, at) => {
      const oid = (await blobOid(bytesOf(text))) ?? '';
      blobs.set(oid, bytesOf(text));
      return { path: `${at}`, oid };
    }),
  );
  const many = manyBlobs({
    source: { left: () => left, batch: async () => batch && batchFrom(batch) },
    keeping,
    one: async (oid, where) => {
      const path = entries.find((it) => it.oid === oid)?.path;
      asked.push(`${where?.path ?? path} ${where ? `at ${where.commit.slice(0, 4)}` : 'anywhere'}`);
      return blobs.get(oid) ?? new Uint8Array();
    },
    signal: batch?.signal ?? new AbortController().signal,
  });
  return { many, asked, entries, keeping };

  function batchFrom({ most, answers = (_, bytes) => bytes }: BatchOf): Batch {
    return {
      most,
      read: async (oids) => {
        asked.push(`batch of ${oids.length}`);
        const found = oids.map((oid) => [oid, answers(oid, blobs.get(oid) ?? new Uint8Array())] as const);
        return new Map(found.flatMap(([oid, bytes]) => (bytes ? [[oid, bytes] as const] : [])));
      },
    };
  }
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const textsOf = (found: readonly { readonly bytes: Uint8Array }[]) => found.map(({ bytes }) => textOf(bytes));
