/** Against OpenStack Swift, which checks every signature. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupContract } from '../specs/backup.contract.ts';
import { type CuttingProxy, startCuttingProxy } from '../specs/cutting-proxy.ts';
import {
  aFile,
  keysOf,
  linkContract,
  objectStoreContract,
  PART_BYTES,
  resumeContract,
} from '../specs/object-store.contract.ts';
import { whyMissing } from '../specs/programs.ts';
import { SWIFT_KEY, SWIFT_PROGRAMS, type Swift, startSwift } from '../specs/swift.ts';
import { s3Store } from './s3-store.ts';
import { storeAddress } from './store-address.ts';

const missing = whyMissing(SWIFT_PROGRAMS);
const AT_ONCE = { tries: 2, firstPauseMs: 10 };

describe.skipIf(missing)(`S3, for real${missing ? `: ${missing}` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gityard-swift-'));
  let swift: Swift;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    swift = await startSwift(folder);
    proxy = await startCuttingProxy(Number(new URL(swift.endpoint).port));
    const client = new AwsClient({ ...SWIFT_KEY, service: 's3', region: 'us-east-1' });
    expect((await client.fetch(`${swift.endpoint}/builds`, { method: 'PUT' })).status).toBe(200);
    // Five servers in Python, and nine starts of it before them.
  });
  afterAll(async () => {
    await proxy.stop();
    await swift.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = ({ endpoint = swift.endpoint, bucket = 'builds', access = SWIFT_KEY } = {}) => {
    const address = storeAddress(`s3://${bucket}/ci?endpoint=${encodeURIComponent(endpoint)}`);
    if (address.kind !== 's3') throw new Error('it is an address of S3');
    return s3Store(address, access, { partBytes: PART_BYTES, tries: AT_ONCE });
  };
  const shaky = () => open({ endpoint: `http://127.0.0.1:${proxy.port}` });

  objectStoreContract('S3', () => open());
  linkContract('S3', () => open());
  backupContract('S3', () => ({
    address: `s3://builds/backups?endpoint=${encodeURIComponent(swift.endpoint)}`,
    env: { AWS_ACCESS_KEY_ID: SWIFT_KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: SWIFT_KEY.secretAccessKey },
  }));
  resumeContract('S3', { proxy: () => proxy, make: () => open(), shaky });

  it('takes none of the parts of another file under the same key', async () => {
    const [first, second] = [aFile(randomBytes(4 * PART_BYTES)), aFile(randomBytes(3 * PART_BYTES))];
    proxy.cutAfter(2.5 * PART_BYTES);
    await expect(shaky().put('again', first.file, first.facts)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
    proxy.mend();

    await shaky().put('again', second.file, second.facts);

    await open().get('again', second.to);
    expect(readFileSync(second.to).equals(readFileSync(second.file))).toBe(true);
  });

  it('drops uploads that were begun and never ended', async () => {
    const { file, facts } = aFile(randomBytes(3 * PART_BYTES));
    proxy.cutAfter(1.5 * PART_BYTES);
    await expect(shaky().put('left', file, facts)).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
    proxy.mend();

    expect(await open().dropUnfinished(new Date('2020-01-01'))).toBe(0);
    expect(await open().dropUnfinished(new Date(Date.now() + 60_000))).toBeGreaterThanOrEqual(1);
  });

  it('says plainly that a secret is wrong, a bucket is missing, or nobody answers', async () => {
    const { file, facts } = aFile('x');
    const put = (store: ReturnType<typeof open>) => store.put('a', file, facts);

    await expect(put(open({ access: { ...SWIFT_KEY, secretAccessKey: 'wrong' } }))).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining('SignatureDoesNotMatch'),
    });
    await expect(put(open({ bucket: 'none-such' }))).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
    await expect(keysOf(open({ bucket: 'none-such' }), '')).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
    await expect(put(open({ endpoint: 'http://127.0.0.1:1' }))).rejects.toMatchObject({ code: 'REMOTE_UNREACHABLE' });
  });

  it('lists more than a page', async () => {
    const { file, facts } = aFile('x');
    const names = Array.from({ length: 12 }, (_, at) => `pages/${String(at).padStart(2, '0')}`);
    for (const key of names) await open().put(key, file, facts);
    const address = storeAddress(`s3://builds/ci?endpoint=${encodeURIComponent(swift.endpoint)}`);
    if (address.kind !== 's3') throw new Error('it is an address of S3');

    const store = s3Store(address, SWIFT_KEY, { pageRows: 5, tries: AT_ONCE });

    expect(await keysOf(store, 'pages/')).toEqual(names);
  });
});
