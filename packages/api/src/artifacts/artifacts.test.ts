/** What downloads stand on: addresses that are signed, names, ranges, and bytes that are checked on their way. */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { artifactIdOf, artifactNamed } from './artifact-id.ts';
import { byteRangeIn } from './byte-range.ts';
import { checkedBytes } from './checked-bytes.ts';
import { isGoodAddress, isSigned, signAddress } from './signed-address.ts';

describe('a signed address', () => {
  const key = randomBytes(32);
  const address = signAddress(key, { path: '/api/v1/artifacts/b1.1.1/download', expiresAt: 1_000 });

  it('is good for its path until its time is over', () => {
    expect(address).toMatch(/^\/api\/v1\/artifacts\/b1\.1\.1\/download\?expires=1000&signature=[\w-]{43}$/);
    expect([isSigned(address), isSigned('/api/v1/artifacts/b1.1.1/download?expires=1')]).toEqual([true, false]);
    expect([isGoodAddress(key, address, 999_999), isGoodAddress(key, address, 1_000_000)]).toEqual([true, false]);
  });

  it.each([
    ['another artifact', ['b1.1.1', 'b1.1.2']],
    ['a later time', ['expires=1000', 'expires=9999']],
    ['a time that is none', ['expires=1000', 'expires=1e3']],
    ['a signature of nothing', [/signature=.*/, 'signature=']],
    ['two times', ['expires=1000', 'expires=9999&expires=1000']],
  ] as const)('is good for nothing when it was changed to %s', (_, [from, to]) => {
    expect(isGoodAddress(key, address.replace(from, to), 0)).toBe(false);
  });

  it('is good with the key that signed it, and no other', () => {
    expect(isGoodAddress(randomBytes(32), address, 0)).toBe(false);
  });
});

describe('the name of an artifact', () => {
  const { state } = world().manifest('b.1', { token: 3 });
  const manifest = state.manifests.get('b.1');
  const named = (id: string) => artifactNamed(id, (job) => state.manifests.get(job))?.artifact.path;

  it('leads to it, as long as the try that made it is the last', () => {
    expect(manifest && artifactIdOf(manifest, 0)).toBe('b.1.3.1');
    expect(named('b.1.3.1')).toBe('app.txt');
    for (const wrong of ['b.1.2.1', 'b.1.3.2', 'b.1.3.0', 'b.1.3', 'c.3.1', 'b.1.3.1e0', '', '..', 'b.1.03.1'])
      expect([wrong, named(wrong)]).toEqual([wrong, wrong === 'b.1.03.1' ? 'app.txt' : undefined]);
  });
});

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-4', { from: 0, to: 4 }],
    ['bytes=5-', { from: 5, to: 9 }],
    ['bytes=5-99', { from: 5, to: 9 }],
    ['bytes=-3', { from: 7, to: 9 }],
    ['bytes=-99', { from: 0, to: 9 }],
    ['bytes=10-', 'none'],
    ['bytes=-0', 'none'],
    ['bytes=4-2', undefined],
    ['bytes=0-1,3-4', undefined],
    ['bytes=-', undefined],
    ['lines=0-1', undefined],
    ['bytes=99999999999999999999-', undefined],
  ])('%s of ten is %j', (range, found) => {
    expect(byteRangeIn({ range }, { sizeBytes: 10, etag: '"a"' })).toEqual(found);
  });

  it('is nothing for one who has the beginning of something else', () => {
    const of = (condition: string) =>
      byteRangeIn({ range: 'bytes=0-4', 'if-range': condition }, { sizeBytes: 10, etag: '"a"' });

    expect([of('"a"'), of('"b"')]).toEqual([{ from: 0, to: 4 }, undefined]);
  });
});

describe('checked bytes', () => {
  const bytes = randomBytes(100_000);
  const through = async (sha256: string) => {
    let arrived = 0;
    const chunks = Readable.from([bytes.subarray(0, 60_000), bytes.subarray(60_000)]).pipe(checkedBytes(sha256));
    const failure = await (async () => {
      for await (const chunk of chunks) arrived += (chunk as Buffer).length;
    })().catch((error: Error) => error.message);
    return { arrived, failure };
  };

  it('come through when they are the right ones, and never as a whole when they are not', async () => {
    const right = createHash('sha256').update(bytes).digest('hex');

    expect(await through(right)).toEqual({ arrived: 100_000, failure: undefined });
    expect(await through('0'.repeat(64))).toEqual({ arrived: 60_000, failure: expect.stringContaining('damaged') });
  });
});
