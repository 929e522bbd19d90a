import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allow, disallow, policyStamp, readPolicy } from './policy.ts';

describe('policy', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('allows nothing where nobody has allowed anything', async () => {
    expect(await readPolicy(folder.path)).toMatchObject({
      repositories: [],
      commands: false,
      environment: [],
      scripts: [],
      secrets: [],
    });
  });

  it('keeps what was allowed before when more is allowed, each address once', async () => {
    await allow(folder.path, { repositories: ['https://b.example/x', 'https://a.example/*'] });
    await allow(folder.path, { repositories: ['https://b.example/x'], commands: true });

    const policy = await readPolicy(folder.path);

    expect(policy).toMatchObject({ repositories: ['https://a.example/*', 'https://b.example/x'], commands: true });
  });

  it('lets the owner name what builds may see of the environment', async () => {
    await allow(folder.path, { environment: ['NPM_CONFIG_USERCONFIG', 'ACME_*'] });
    await disallow(folder.path, { environment: ['ACME_*'] });

    expect((await readPolicy(folder.path)).environment).toEqual(['NPM_CONFIG_USERCONFIG']);
  });

  it('lets the owner name the scripts that a message may ask for', async () => {
    await allow(folder.path, { scripts: ['a.sh', 'b.sh'] });
    await disallow(folder.path, { scripts: ['a.sh'] });

    expect((await readPolicy(folder.path)).scripts).toEqual(['b.sh']);
  });

  it('takes back exactly what it is told to', async () => {
    await allow(folder.path, { repositories: ['https://a.example/x', 'https://b.example/x'], commands: true });

    await disallow(folder.path, { repositories: ['https://a.example/x'] });
    expect(await readPolicy(folder.path)).toMatchObject({
      repositories: ['https://b.example/x'],
      commands: true,
    });
    await disallow(folder.path, { commands: true });
    expect(await readPolicy(folder.path)).toMatchObject({ repositories: ['https://b.example/x'], commands: false });
  });

  it.each(['{', '[]x', '{"repositories": "all"}', '{"commands": "yes"}', '{"repositories": [7]}'])(
    'refuses to guess what %s means',
    async (text) => {
      await writeFile(join(folder.path, 'policy.json'), text);

      await expect(readPolicy(folder.path)).rejects.toMatchObject({ code: 'INVALID_DATA' });
    },
  );

  it('bears another stamp after each change', async () => {
    const before = await policyStamp(folder.path);
    await allow(folder.path, { commands: true });
    const after = await policyStamp(folder.path);
    await allow(folder.path, { repositories: ['https://a.example/x'] });

    expect(new Set([before, after, await policyStamp(folder.path)]).size).toBe(3);
  });
});
