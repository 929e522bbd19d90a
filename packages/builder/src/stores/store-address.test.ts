import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { azureAccess, s3Access } from './access.ts';
import { storeAddress } from './store-address.ts';

describe('store-address', () => {
  it('reads folders, buckets and containers', () => {
    expect(storeAddress('/srv/builds')).toMatchObject({ kind: 'folder', folder: '/srv/builds' });
    expect(storeAddress('s3://builds/ci/x?endpoint=https://s3.example:9000/&region=eu-1')).toEqual({
      kind: 's3',
      bucket: 'builds',
      prefix: 'ci/x',
      endpoint: 'https://s3.example:9000',
      region: 'eu-1',
      name: 's3 builds/ci/x at s3.example:9000',
    });
    expect(storeAddress('s3://builds', { AWS_REGION: 'eu-2' })).toMatchObject({
      endpoint: 'https://s3.eu-2.amazonaws.com',
      name: 's3 builds',
    });
    expect(storeAddress('azure://acme/builds/ci')).toMatchObject({
      account: 'acme',
      container: 'builds',
      prefix: 'ci',
      endpoint: 'https://acme.blob.core.windows.net',
    });
  });

  it.each([
    'builds',
    './builds',
    's3://Upper',
    's3://b',
    's3://builds/a:b',
    's3://builds?key=AKIA',
    's3://builds?endpoint=ftp://x',
    's3://builds?endpoint=https://u:p@x',
    'azure://acme',
    'azure://a/b',
    's3://builds?region=a b',
  ])('refuses %s, and says what to write', (text) => {
    expect(() => storeAddress(text)).toThrow(
      expect.objectContaining({ code: 'USAGE', hint: expect.stringMatching(/./) }),
    );
  });

  it('takes no secret in an address, and does not repeat it', () => {
    expect(() => storeAddress('s3://AKIA123:hidden@builds')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.not.stringContaining('hidden') }),
    );
  });
});

describe('access', () => {
  const secretFile = (text: string, mode = 0o600) => {
    const path = join(temporaryFolder(), 'key');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };
  const profile = '[default]\naws_access_key_id = one\naws_secret_access_key=two\n[other]\naws_access_key_id = three\n';

  it('comes from the environment, else from a file of the owner alone', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' };

    expect(await s3Access(env, {})).toEqual({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' });
    expect(await s3Access({}, { s3File: secretFile(profile) })).toEqual({ accessKeyId: 'one', secretAccessKey: 'two' });
    expect(await azureAccess({}, { azureFile: secretFile('a2V5\n') })).toEqual({ accountKey: 'a2V5' });
    expect(await azureAccess({ AZURE_STORAGE_SAS_TOKEN: '?sig=x' }, {})).toEqual({ sasToken: 'sig=x' });
  });

  it('says what is missing, and reads no file that others may read', async () => {
    await expect(s3Access({}, {})).rejects.toMatchObject({
      code: 'DENIED',
      hint: expect.stringContaining('AWS_ACCESS_KEY_ID'),
    });
    await expect(s3Access({}, { s3File: secretFile(profile, 0o644) })).rejects.toMatchObject({
      hint: expect.stringContaining('chmod 600'),
    });
    await expect(s3Access({}, { s3File: secretFile('nothing') })).rejects.toMatchObject({ code: 'DENIED' });
    await expect(azureAccess({}, {})).rejects.toMatchObject({ code: 'DENIED' });
  });
});
