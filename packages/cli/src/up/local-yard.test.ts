/** Who reaches the yard of `gityard up`, straight and through a proxy that says so. */
import { request } from 'node:http';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { DEFAULT_REFS } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalYard, startLocalYard } from './local-yard.ts';

let folder: TemporaryFolder;
let yard: LocalYard;
beforeAll(async () => {
  folder = await temporaryFolder();
  const env = { HOME: folder.path };
  const allowHosts = ['yard.example'];
  yard = await startLocalYard({
    folder: folder.path,
    port: 0,
    refs: DEFAULT_REFS,
    env,
    allowHosts,
    tell: () => undefined,
  });
});
afterAll(async () => {
  await yard.close();
  await folder.remove();
});

const PASSED_ON = { host: 'yard.example', 'x-forwarded-for': '192.0.2.7' };
const GIT = '/yard.git/info/refs?service=git-receive-pack';

/** The status of the answer. */
function asked(path: string, headers: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const { hostname, port } = new URL(yard.address);
  return new Promise((resolve, reject) => {
    const asking = request({ hostname, port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.once('error', reject).end();
  });
}

describe('a yard that may be called by another name', () => {
  it('shows its page through a proxy, and tells what is in it only to whoever has the key', async () => {
    expect(await asked('/', PASSED_ON)).toBe(200);
    expect(await asked('/api/v1/snapshot', PASSED_ON)).toBe(401);
    expect(await asked('/', { ...PASSED_ON, host: 'other.example' })).toBe(403);
  });

  it('lets nobody push who is not on this machine', async () => {
    expect(await asked(GIT)).toBe(200);
    expect(await asked(GIT, PASSED_ON)).toBeGreaterThanOrEqual(400);
    expect(await asked(GIT, { host: 'yard.example' })).toBeGreaterThanOrEqual(400);
  });
});
