/** What every place of secrets promises, over all of them. To add one: a line in `PLACES`. */
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Secret, secretIdOf, Table } from '@gityard/domain';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureAgeIdentity, seal } from './age.ts';
import { openCredentials } from './credentials.ts';
import { openFiles } from './files.ts';
import { openSealed } from './sealed.ts';
import { MOST_SECRET_BYTES, SecretError, type SecretSource } from './source.ts';

interface Place {
  readonly source: SecretSource;
  put(name: string, bytes: string | Uint8Array): Promise<void>;
}

const PLACES: Readonly<Record<string, (folder: string) => Promise<Place>>> = {
  async credentials(folder) {
    const put: Place['put'] = (name, bytes) => writeFile(join(folder, name), bytes, { mode: 0o400 });
    return { source: openCredentials(folder), put };
  },
  async files(home) {
    await mkdir(join(home, 'secrets'), { mode: 0o700 });
    const put: Place['put'] = (name, bytes) => writeFile(join(home, 'secrets', name), bytes, { mode: 0o600 });
    return { source: openFiles(home), put };
  },
  async yard(home) {
    const { recipient } = await ensureAgeIdentity(home);
    let secrets = Table.of<Secret>([]);
    const source = openSealed({ home, secrets: () => secrets });
    return {
      source,
      async put(name, bytes) {
        const sealed = await seal(bytes, [recipient]);
        const rest = { schemaVersion: 1, recipients: [], setAt: '2026-03-02T12:00:00Z', setBy: 'ann' };
        secrets = secrets.with(secretIdOf(name), { name, sealed, ...rest });
      },
    };
  },
};

describe.each(Object.entries(PLACES))('secrets in %s', (_, make) => {
  let folder: TemporaryFolder;
  let place: Place;
  beforeEach(async () => {
    folder = await temporaryFolder();
    place = await make(folder.path);
  });
  afterEach(() => folder.remove());

  it('are given by name, without the line end that an editor puts behind them', async () => {
    await place.put('NUGET_KEY', 'päss word\n');
    await place.put('DEPLOY_KEY', '-----BEGIN-----\nabc\n-----END-----\n\n');

    expect(await place.source.read('NUGET_KEY')).toBe('päss word');
    expect(await place.source.read('DEPLOY_KEY')).toBe('-----BEGIN-----\nabc\n-----END-----\n');
    expect(await place.source.list()).toEqual(['DEPLOY_KEY', 'NUGET_KEY']);
  });

  it('are not there under any other name, nor under one that leads elsewhere', async () => {
    await place.put('NUGET_KEY', 'value');

    for (const name of ['OTHER', 'nuget_key', '../secrets/NUGET_KEY', '', '.'])
      expect(await place.source.read(name)).toBeNull();
  });

  it.each([
    ['are too large', new Uint8Array(MOST_SECRET_BYTES + 1).fill(97)],
    ['are empty', '\n'],
    ['hold a NUL', 'a\0b'],
    ['are no text', new Uint8Array([0xff, 0xfe, 0x41])],
  ])('are refused when they %s, without a word of what they are', async (_what, bytes) => {
    await place.put('NUGET_KEY', bytes);

    const error = await place.source.read('NUGET_KEY').catch((it: unknown) => it);

    expect(error).toBeInstanceOf(SecretError);
    expect((error as Error).message).not.toContain('aaaa');
  });
});

describe('files of secrets', () => {
  let folder: TemporaryFolder;
  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder.path, 'secrets'), { mode: 0o700 });
  });
  afterEach(() => folder.remove());

  it.each([0o644, 0o640, 0o604, 0o620])('are refused with mode %o, with the line that mends it', async (mode) => {
    const path = join(folder.path, 'secrets', 'NUGET_KEY');
    await writeFile(path, 'value');
    await chmod(path, mode);

    await expect(openFiles(folder.path).read('NUGET_KEY')).rejects.toThrow(`chmod 600 ${path}`);
  });

  it('are refused as links, wherever these lead', async () => {
    await writeFile(join(folder.path, 'elsewhere'), 'value', { mode: 0o600 });
    await symlink(join(folder.path, 'elsewhere'), join(folder.path, 'secrets', 'NUGET_KEY'));

    await expect(openFiles(folder.path).read('NUGET_KEY')).rejects.toThrow('is a link');
  });

  it('are refused where others may write the folder', async () => {
    await writeFile(join(folder.path, 'secrets', 'NUGET_KEY'), 'value', { mode: 0o600 });
    await chmod(join(folder.path, 'secrets'), 0o777);

    await expect(openFiles(folder.path).read('NUGET_KEY')).rejects.toThrow('chmod 700');
  });
});
