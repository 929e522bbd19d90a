/** Against Azurite. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AZURITE_ACCOUNT, AZURITE_KEY, AZURITE_PROGRAM, type Azurite, startAzurite } from '../specs/azurite.ts';
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
import type { AzureAccess } from './access.ts';
import { azureStore } from './azure-store.ts';
import { storeAddress } from './store-address.ts';

const missing = whyMissing([AZURITE_PROGRAM]);
const SCRIPT = fileURLToPath(new URL('../../../deploy/compose/make-container.mjs', import.meta.url));
const AT_ONCE = { tries: 2, firstPauseMs: 10 };

describe.skipIf(missing)(`Azure, for real${missing ? `: ${missing} (npm run peers)` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'gityard-azurite-'));
  let azurite: Azurite;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    azurite = await startAzurite(folder);
    proxy = await startCuttingProxy(Number(new URL(azurite.endpoint).port));
    await makeContainer('builds');
  });
  afterAll(async () => {
    await proxy.stop();
    await azurite.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** By the script that deploys one. */
  const makeContainer = async (name: string, key = AZURITE_KEY): Promise<void> => {
    const file = join(folder, 'key');
    writeFileSync(file, `${key}\n`);
    await promisify(execFile)(process.execPath, [SCRIPT, `${azurite.endpoint}/${name}`, file]);
  };

  const open = ({
    endpoint = azurite.endpoint,
    container = 'builds',
    access = { accountKey: AZURITE_KEY } as AzureAccess,
  } = {}) => {
    const address = storeAddress(`azure://${AZURITE_ACCOUNT}/${container}/ci?endpoint=${encodeURIComponent(endpoint)}`);
    if (address.kind !== 'azure') throw new Error('it is an address of Azure');
    return azureStore(address, access, { partBytes: PART_BYTES, tries: AT_ONCE });
  };
  const shaky = () => open({ endpoint: `http://127.0.0.1:${proxy.port}/${AZURITE_ACCOUNT}` });

  objectStoreContract('Azure', () => open());
  linkContract('Azure', () => open());
  backupContract('Azure', () => ({
    address: `azure://${AZURITE_ACCOUNT}/builds/backups?endpoint=${encodeURIComponent(azurite.endpoint)}`,
    env: { AZURE_STORAGE_KEY: AZURITE_KEY },
  }));
  resumeContract('Azure', { proxy: () => proxy, make: () => open(), shaky });

  it('has a container by the script that deploys one, which leaves alone what is there', async () => {
    await makeContainer('builds');

    await expect(makeContainer('builds', 'b3RoZXI=')).rejects.toMatchObject({ stderr: expect.stringContaining('403') });
  });

  it('says plainly that a key is wrong, a container is missing, or nobody answers', async () => {
    const { file, facts, to } = aFile('x');
    const wrong = Buffer.from('another key').toString('base64');

    await expect(open({ access: { accountKey: wrong } }).put('a', file, facts)).rejects.toMatchObject({
      code: 'DENIED',
    });
    await expect(open({ container: 'none-such' }).put('a', file, facts)).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
    });
    await expect(keysOf(open({ container: 'none-such' }), '')).rejects.toMatchObject({ code: 'REMOTE_INVALID' });
    await expect(open({ endpoint: 'http://127.0.0.1:1/builds' }).get('a', to)).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
    });
  });

  it('gives no links where it has only one itself', async () => {
    const link = (await open().link('sizes/1', 60)) ?? '';
    const sasToken = new URL(link).search.slice(1);

    expect(await open({ access: { sasToken } }).link('sizes/1', 60)).toBeNull();
  });
});
