import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { git, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { absoluteAddress, withoutSecrets } from './address.ts';
import { findYard, tokenFor, type YardPlaces } from './yard-address.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ path: folder, remove } = await temporaryFolder());
});
afterEach(() => remove());

const places = (more: Partial<YardPlaces> = {}): YardPlaces => ({
  flag: undefined,
  cwd: folder,
  env: { GITYARD_YARD: '/env' },
  files: { agentFile: { yard: '/agent' }, userFile: { yard: '/user' } },
  stateRef: 'refs/heads/yard',
  hasRef: async () => false,
  ...more,
});

async function repository({ branch, origin }: { branch?: string; origin?: string }): Promise<string> {
  const path = join(folder, 'repository');
  await git(['init', '--quiet', path], { cwd: folder });
  await git(['commit', '--quiet', '--allow-empty', '--message', 'first'], { cwd: path });
  if (branch) await git(['branch', branch], { cwd: path });
  if (origin) await git(['remote', 'add', 'origin', origin], { cwd: path });
  return path;
}

describe('yard-address', () => {
  it('takes the flag before all else, as a path from where one stands', async () => {
    const cwd = await repository({ branch: 'yard' });

    expect(await findYard(places({ flag: 'sub/yard.git', cwd }))).toEqual({
      address: join(cwd, 'sub/yard.git'),
      source: 'flag',
    });
  });

  it('takes the repository one stands in, also from deep inside, when it has the state branch', async () => {
    const top = await repository({ branch: 'yard' });
    await mkdir(join(top, 'a/b'), { recursive: true });

    expect(await findYard(places({ cwd: join(top, 'a/b') }))).toEqual({ address: top, source: 'current repository' });
  });

  it('takes its origin instead, when that is the yard', async () => {
    const cwd = await repository({ branch: 'yard', origin: 'https://git.example.org/acme.git' });

    const found = await findYard(
      places({ cwd, hasRef: async (address, ref) => address.includes('acme') && ref === 'refs/heads/yard' }),
    );

    expect(found).toEqual({ address: 'https://git.example.org/acme.git', source: 'origin of the current repository' });
  });

  it('passes by a repository that is no yard', async () => {
    const cwd = await repository({ origin: 'https://git.example.org/app.git' });

    expect(await findYard(places({ cwd }))).toEqual({ address: '/env', source: 'environment GITYARD_YARD' });
    expect((await findYard(places({ cwd, env: {} }))).source).toBe('agent file');
    expect(
      (await findYard(places({ cwd, env: {}, files: { agentFile: {}, userFile: { yard: '/user' } } }))).address,
    ).toBe('/user');
  });

  it('says how to name one when none is known', async () => {
    const nowhere = places({ env: {}, files: { agentFile: {}, userFile: {} } });

    await expect(findYard(nowhere)).rejects.toMatchObject({ code: 'USAGE', hint: expect.stringContaining('--yard') });
  });

  it('sends tokens only where they belong', () => {
    const env = { GITYARD_TOKEN: 'own', GITHUB_TOKEN: 'hub' };
    const address = 'https://git.example.org/acme.git';

    expect(tokenFor({ address, source: 'flag' }, env)).toBe('own');
    expect(tokenFor({ address, source: 'origin of the current repository' }, env)).toBeUndefined();
    expect(tokenFor({ address: 'https://github.com/a/b', source: 'current repository' }, env)).toBe('hub');
    expect(tokenFor({ address: 'github:a/b', source: 'flag' }, { GITHUB_TOKEN: 'hub' })).toBe('hub');
    expect(
      tokenFor({ address: 'https://github.com.evil.org/a/b', source: 'flag' }, { GITHUB_TOKEN: 'hub' }),
    ).toBeUndefined();
    expect(
      tokenFor({ address: 'https://github.com@evil.org/a', source: 'flag' }, { GITHUB_TOKEN: 'hub' }),
    ).toBeUndefined();
  });

  it.each(['--upload-pack=evil', 'ext::sh -c evil', 'http://[::1'])('refuses %s', (address) => {
    expect(() => absoluteAddress(address, '/')).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it.each([
    ['https://ada:s3cret@host/a', 'https://host/a'],
    ['ssh://git@host:22/a', 'ssh://git@host:22/a'],
    ['ssh://git:s3cret@host/a', 'ssh://git@host/a'],
    ['git@host:a', 'git@host:a'],
  ])('shows %s without what may be a secret', (address, shown) => {
    expect(withoutSecrets(address)).toBe(shown);
  });

  it('keeps remote addresses as they are', () => {
    for (const address of [
      'git@host:a/b.git',
      'git@[::1]:a/b.git',
      'ssh://host/a',
      'file:///a',
      'https://h/a',
      'ftp://h/a',
      'github:a/b',
    ])
      expect(absoluteAddress(address, '/x')).toBe(address);
  });
});
