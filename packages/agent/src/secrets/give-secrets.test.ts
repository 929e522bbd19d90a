import { readFile, stat, writeFile } from 'node:fs/promises';
import type { SecretUse } from '@gityard/builder';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secretUsesPath } from './audit-file.ts';
import { type SecretKeeping, secretsFor } from './give-secrets.ts';
import { SecretError, type SecretSource } from './source.ts';

const APP = 'https://example.org/acme/app';
const rule = { name: 'NUGET_KEY', repositories: ['https://example.org/acme/*'], refs: ['main', 'release/*'] };
const source = (name: SecretSource['name'], values: Record<string, string>): SecretSource => ({
  name,
  list: async () => Object.keys(values),
  read: async (it) => values[it] ?? null,
});
const use = (fields: Partial<SecretUse> = {}): SecretUse => ({
  names: ['NUGET_KEY'],
  repository: APP,
  branch: 'main',
  commit: 'c'.repeat(40),
  isOnBranch: async () => true,
  ...fields,
});

describe('give-secrets', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  const keeping = (fields: Partial<SecretKeeping> = {}): SecretKeeping => ({
    agent: 'build1',
    home: folder.path,
    policy: { secrets: [rule] },
    sources: [
      source('credentials', {}),
      source('files', { NUGET_KEY: 'first' }),
      source('yard', { NUGET_KEY: 'second' }),
    ],
    job: { id: 'b1', token: 3 },
    now: () => '2026-03-02T12:00:00.000Z',
    ...fields,
  });
  const uses = async () =>
    (await readFile(secretUsesPath(folder.path), 'utf8'))
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it));

  it('loses no line of those that are written when the file is full', async () => {
    await writeFile(secretUsesPath(folder.path), 'x'.repeat(5_000_000));

    await Promise.all([1, 2, 3].map((token) => secretsFor(keeping({ job: { id: 'b1', token } })).give(use())));

    expect((await uses()).map(({ token }) => token).sort()).toEqual([1, 2, 3]);
    expect((await stat(`${secretUsesPath(folder.path)}.1`)).size).toBe(5_000_000);
  });

  it('gives what a rule allows, from the first source that has it, and writes the use down without the value', async () => {
    const given = await secretsFor(keeping()).give(use());

    expect(given).toEqual({ ok: true, values: { NUGET_KEY: 'first' } });
    expect(await uses()).toMatchObject([
      { secret: 'NUGET_KEY', job: 'b1', token: 3, repository: APP, branch: 'main', from: 'files', refused: null },
    ]);
    expect(JSON.stringify(await uses())).not.toContain('first');
  });

  it.each([
    ['of another name', { names: ['OTHER'] }, 'no rule of this agent gives OTHER to any build'],
    [
      'for another repository',
      { repository: 'https://evil.example/app' },
      'no rule of this agent gives NUGET_KEY to builds of',
    ],
    ['without a repository', { repository: null }, 'to builds of no repository; add the job with --repo'],
    [
      'for another branch',
      { branch: 'pull/7' },
      'gives NUGET_KEY to builds of main, release/*, and this is one of pull/7',
    ],
    ['without a branch', { branch: null }, 'this is one of no branch; add the job with --branch'],
    ['for a commit of elsewhere', { isOnBranch: async () => false }, 'the commit is not part of main'],
  ] as const)('refuses one %s, and writes that down', async (_, fields, text) => {
    const given = await secretsFor(keeping()).give(use(fields));

    expect(given).toMatchObject({ ok: false, reason: expect.stringContaining(text) });
    expect(await uses()).toMatchObject([{ from: null, refused: expect.stringContaining(text) }]);
  });

  it('says how the owner can allow it', async () => {
    const given = await secretsFor(keeping({ policy: { secrets: [] } })).give(use());

    expect(given).toMatchObject({
      reason: expect.stringContaining(`gityard agent allow --secret NUGET_KEY --repo ${APP} --ref main`),
    });
  });

  it('gives nothing by a rule without branches, and asks for no history where any branch may have it', async () => {
    const nobody = keeping({ policy: { secrets: [{ ...rule, refs: [] }] } });
    const open = keeping({ policy: { secrets: [{ name: 'NUGET_KEY', repositories: ['*'], refs: ['*'] }] } });
    const isOnBranch = async () => {
      throw new Error('not to be asked');
    };

    expect(await secretsFor(nobody).give(use())).toMatchObject({ ok: false });
    expect(await secretsFor(open).give(use({ repository: null, branch: null, isOnBranch }))).toMatchObject({
      ok: true,
    });
  });

  it('gives all or nothing, and says what a source has against it', async () => {
    const rules = { secrets: [rule, { ...rule, name: 'OTHER' }] };
    const names = ['NUGET_KEY', 'OTHER'];
    const broken: SecretSource = {
      ...source('files', {}),
      read: async () => {
        throw new SecretError('OTHER can be read by others: chmod 600 OTHER');
      },
    };

    expect(await secretsFor(keeping({ policy: rules })).give(use({ names }))).toMatchObject({
      ok: false,
      reason: 'agent build1 has no secret OTHER; give it one with: gityard secrets set OTHER --for build1',
    });
    expect(await secretsFor(keeping({ policy: rules, sources: [broken] })).give(use({ names }))).toMatchObject({
      reason: expect.stringContaining('chmod 600'),
    });
  });
});
