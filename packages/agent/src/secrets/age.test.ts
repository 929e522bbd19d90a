import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { findSecrets } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAgeIdentity, identityPath, readAgeIdentity, seal, unseal } from './age.ts';

const PROGRAM = '/usr/bin/age';
if (!existsSync(PROGRAM) && process.env.CI === 'true')
  throw new Error('the specs of sealed secrets need the program age');

describe('age', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder.remove());

  it('makes an identity once, for nobody else to read', async () => {
    const [first, again] = await Promise.all([ensureAgeIdentity(folder.path), ensureAgeIdentity(folder.path)]);

    expect(again).toEqual(first);
    expect(await readAgeIdentity(folder.path)).toEqual(first);
    expect(first.recipient).toMatch(/^age1[0-9a-z]{58}$/);
    expect(statSync(identityPath(folder.path)).mode & 0o777).toBe(0o600);
  });

  it('says which file holds no identity, and nothing of what is in it', async () => {
    await ensureAgeIdentity(folder.path);
    writeFileSync(identityPath(folder.path), 'AGE-SECRET-KEY-1BROKEN\n');

    await expect(readAgeIdentity(folder.path)).rejects.toThrow(/keys.age holds no identity of age/);
    await expect(readAgeIdentity(folder.path)).rejects.not.toThrow(/BROKEN/);
  });

  it('opens for each recipient and for nobody else', async () => {
    const [one, two, three] = await Promise.all(
      ['one', 'two', 'three'].map((name) => ensureAgeIdentity(join(folder.path, name))),
    );
    if (!one || !two || !three) throw new Error('three identities were made');
    const sealed = await seal('value', [one.recipient, two.recipient]);

    const opened = await Promise.all([one, two, three].map((it) => unseal(sealed, it)));

    expect(opened.map((it) => it && Buffer.from(it).toString())).toEqual(['value', 'value', null]);
    expect(await unseal(sealed.replace(/[A-M]/, 'z'), one)).toBeNull();
  });

  it.skipIf(!existsSync(PROGRAM))('reads what the program age wrote, and the other way round (needs age)', async () => {
    const identity = await ensureAgeIdentity(folder.path);
    const [plain, sealedFile] = [join(folder.path, 'plain'), join(folder.path, 'sealed')];
    writeFileSync(plain, 'from the program');
    execFileSync(PROGRAM, ['--encrypt', '--armor', '--recipient', identity.recipient, '--output', sealedFile, plain]);

    const theirs = await unseal(readFileSync(sealedFile, 'utf8'), identity);
    writeFileSync(sealedFile, await seal('from us', [identity.recipient]));
    const ours = execFileSync(PROGRAM, ['--decrypt', '--identity', identityPath(folder.path), sealedFile]);

    expect(Buffer.from(theirs ?? []).toString()).toBe('from the program');
    expect(ours.toString()).toBe('from us');
  });

  it('seals into what no scanner for secrets takes for one', async () => {
    const { recipient } = await ensureAgeIdentity(folder.path);
    const sealed = await Promise.all(Array.from({ length: 20 }, () => seal('x'.repeat(2_000), [recipient])));

    expect((await Promise.all(sealed.map((it) => findSecrets(it)))).flat()).toEqual([]);
  });
});
