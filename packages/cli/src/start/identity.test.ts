import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type IdentityPlaces, identityOf } from './identity.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

/** All places filled; a spec takes some away. */
async function everywhere(): Promise<IdentityPlaces> {
  const cwd = join(folder, 'here');
  const systemFile = join(folder, 'agent');
  await mkdir(cwd);
  await writeFile(join(cwd, '.build_server_id'), 'from-folder\n');
  await writeFile(systemFile, 'from-system\nsecond line\n');
  return {
    flag: 'from-flag',
    env: { GITYARD_AGENT: 'from-env' },
    cwd,
    systemFile,
    configured: 'from-config',
    host: 'From Host!',
  };
}

describe('identity', () => {
  it('takes the first of flag, environment, system file, folder file, agent file and host name', async () => {
    const all = await everywhere();
    const fewer: IdentityPlaces[] = [all];
    const without = (change: Partial<IdentityPlaces>) => fewer.push({ ...(fewer.at(-1) ?? all), ...change });
    without({ flag: undefined });
    without({ env: {} });
    without({ systemFile: join(folder, 'missing') });
    without({ cwd: folder });
    without({ configured: undefined });

    const found = await Promise.all(fewer.map(identityOf));

    expect(found.map((it) => it.id)).toEqual([
      'from-flag',
      'from-env',
      'from-system',
      'from-folder',
      'from-config',
      'from-host-',
    ]);
    expect(found.at(-1)?.source).toBe('host name');
  });

  it('writes names in lower case, and refuses what fits no file', async () => {
    const all = await everywhere();

    expect((await identityOf({ ...all, flag: 'Build1' })).id).toBe('build1');
    await expect(identityOf({ ...all, flag: '../x' })).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('e.g. '),
    });
  });
});
