import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { folderStore } from './folder-store.ts';
import { linkSecret } from './link-signer.ts';
import { signLink, verifyLink } from './links.ts';

const secret = randomBytes(32);
const queryOf = (link: string) => new URL(link, 'http://yard.example').searchParams;
const link = signLink(secret, { key: 'b1/1/a b.zip', expiresAt: 1_000 });

it('a link is good for its object until its time is over', () => {
  expect(link).toMatch(/^\/api\/v1\/artifacts\/download\?key=b1%2F1%2Fa\+b\.zip&expires=1000&signature=[\w-]{43}$/);
  expect(verifyLink(secret, queryOf(link), 999_999)).toBe('b1/1/a b.zip');
  expect(verifyLink(secret, queryOf(link), 1_000_000)).toBeNull();
});

it.each([
  ['another object', { key: 'b1/1/other' }],
  ['a later time', { expires: '9999999999' }],
  ['another signature', { signature: 'x'.repeat(43) }],
  ['a time that is none', { expires: '1e3' }],
  ['nothing', { signature: '' }],
])('refuses a link that was changed to %s', (_, change) => {
  const query = queryOf(link);
  for (const [name, value] of Object.entries(change)) query.set(name, value);

  expect(verifyLink(secret, query, 0)).toBeNull();
});

it('refuses what was signed with another secret', () => {
  expect(verifyLink(randomBytes(32), queryOf(link), 0)).toBeNull();
});

it('a folder gives links where it has a signer, and none without', async () => {
  const sign = (key: string, seconds: number) =>
    signLink(secret, { key, expiresAt: seconds, base: 'https://ci.example' });

  expect(await folderStore('/srv/a', { sign }).link('k', 60)).toMatch(/^https:\/\/ci\.example\/api.*key=k/);
  expect(await folderStore('/srv/a').link('k', 60)).toBeNull();
});

it('all who need the secret of a home for the first time get the same', async () => {
  const home = temporaryFolder();

  const secrets = await Promise.all(Array.from({ length: 8 }, () => linkSecret(home)));

  expect(new Set(secrets.map((it) => Buffer.from(it).toString('hex'))).size).toBe(1);
  expect(readdirSync(home)).toEqual(['link.key']);
});
