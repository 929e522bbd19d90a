/** What every place for large files must do (`stores/object-store.ts`). Each member's spec calls it with a way to make one. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ObjectStore } from '../stores/object-store.ts';
import type { CuttingProxy } from './cutting-proxy.ts';
import { temporaryFolder } from './world.ts';

export const PART_BYTES = 256 * 1024;

export function aFile(bytes: Buffer | string) {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, bytes);
  const facts = { sha256: createHash('sha256').update(bytes).digest('hex'), contentType: 'text/plain' };
  return { file, facts, to: join(temporaryFolder(), 'got') };
}

export async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys.sort();
}

/** @param make a store with parts of `PART_BYTES`, where it has parts */
export function objectStoreContract(name: string, make: () => ObjectStore): void {
  describe(`${name} as a place for large files`, () => {
    it('gives back what was put, of any size, and says how large it is', async () => {
      for (const size of [0, 1, PART_BYTES, 2 * PART_BYTES + 17]) {
        const bytes = randomBytes(size);
        const { file, facts, to } = aFile(bytes);
        const told: number[] = [];
        await make().put(`sizes/${size}`, file, { ...facts, onProgress: (it) => told.push(it) });

        expect(await make().get(`sizes/${size}`, to)).toBe(true);
        expect(readFileSync(to).equals(bytes)).toBe(true);
        expect(await make().head(`sizes/${size}`)).toMatchObject({ key: `sizes/${size}`, sizeBytes: size });
        expect(size === 0 || told.at(-1) === size).toBe(true);
      }
    });

    it('keeps nothing of a file that is not what its digest says', async () => {
      for (const size of [100, 2 * PART_BYTES + 17]) {
        const { file, facts } = aFile(randomBytes(size));
        const put = make().put(`wrong/${size}`, file, { ...facts, sha256: '0'.repeat(64) });

        await expect(put).rejects.toMatchObject({ code: 'INVALID_DATA' });
      }
      expect(await keysOf(make(), 'wrong/')).toEqual([]);
    });

    it('fetches no more than it is asked for, and one byte that shows that there is more', async () => {
      const bytes = randomBytes(2 * PART_BYTES);
      const { file, facts, to } = aFile(bytes);
      await make().put('bounded', file, facts);

      expect(await make().get('bounded', to, { mostBytes: 1000 })).toBe(true);
      expect(readFileSync(to).equals(bytes.subarray(0, 1001))).toBe(true);
      expect(await make().get('bounded', `${to}-whole`, { mostBytes: bytes.length })).toBe(true);
      expect(readFileSync(`${to}-whole`).equals(bytes)).toBe(true);
    });

    it('goes on behind what was fetched already', async () => {
      const bytes = randomBytes(PART_BYTES);
      const { file, facts, to } = aFile(bytes);
      await make().put('resumed', file, facts);
      for (const already of [1000, bytes.length]) {
        writeFileSync(to, bytes);
        truncateSync(to, already);
        const told: number[] = [];

        expect(await make().get('resumed', to, { onProgress: (it) => told.push(it) })).toBe(true);
        expect(readFileSync(to).equals(bytes)).toBe(true);
        expect(told.every((it) => it > already)).toBe(true);
      }
    });

    it('lists below a prefix, whatever the names are, and removes', async () => {
      const { file, facts, to } = aFile('x');
      const names = ['a b/c+d.txt', 'a b/é & <ü>.txt'.replace(/[<>]/g, ''), "a b/it's (1).txt", 'other'];
      for (const key of names) await make().put(`named/${key}`, file, facts);

      expect(await keysOf(make(), 'named/a b/')).toEqual(
        names
          .slice(0, 3)
          .map((it) => `named/${it}`)
          .sort(),
      );
      for (const key of names) {
        expect(await make().get(`named/${key}`, join(temporaryFolder(), 'x'))).toBe(true);
        await make().remove(`named/${key}`);
      }
      await make().remove('named/other');
      expect(await keysOf(make(), 'named/')).toEqual([]);
      expect(await make().get('named/other', to)).toBe(false);
      expect(await make().head('named/other')).toBeNull();
    });

    it.each(['', '../out', '/etc/passwd', 'a//b', 'a/../b', 'a\\b', 'a\nb'])('takes no key %j', async (key) => {
      const { file, facts } = aFile('x');

      await expect(make().put(key, file, facts)).rejects.toMatchObject({ code: 'INVALID_DATA' });
      await expect(make().get(key, file)).rejects.toMatchObject({ code: 'INVALID_DATA' });
    });
  });
}

/** Of those whose links lead straight to a server. */
export function linkContract(name: string, make: () => ObjectStore): void {
  it(`${name} gives links that work without a key, for their object alone and until they expire`, async () => {
    const { file, facts } = aFile('for a friend');
    await make().put('linked/a b.txt', file, facts);
    await make().put('linked/other.txt', file, facts);
    const disposition = `attachment; filename="a_b (1)+.txt"; filename*=UTF-8''%C3%A4%20b.txt`;
    const link = (await make().link('linked/a b.txt', 60, disposition)) ?? '';

    const answer = await fetch(link);
    const other = await fetch(link.replace('a%20b.txt', 'other.txt'));
    const short = (await make().link('linked/a b.txt', 1)) ?? '';

    expect([answer.status, await answer.text()]).toEqual([200, 'for a friend']);
    expect(answer.headers.get('content-disposition')).toBe(disposition);
    expect(other.status).toBe(403);
    await expect.poll(async () => (await fetch(short)).status, { interval: 300 }).toBe(403);
  });
}

/** For places that take a file in parts. The shaky store reaches the same place as the other one, through the proxy. */
export function resumeContract(
  name: string,
  world: { readonly proxy: () => CuttingProxy; readonly make: () => ObjectStore; readonly shaky: () => ObjectStore },
): void {
  it(`${name} goes on with the parts that are there, when the connection was cut in the middle`, async () => {
    const proxy = world.proxy();
    const bytes = randomBytes(8 * PART_BYTES);
    const { file, facts, to } = aFile(bytes);
    proxy.cutAfter(5.5 * PART_BYTES);
    await expect(world.shaky().put('interrupted', file, facts)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
    expect(await world.make().head('interrupted')).toBeNull();
    proxy.mend();
    proxy.sent();

    await world.shaky().put('interrupted', file, facts);

    // Five of its eight parts were there.
    expect(proxy.sent()).toBeLessThan(3.5 * PART_BYTES);
    await world.make().get('interrupted', to);
    expect(readFileSync(to).equals(bytes)).toBe(true);
  });
}
