import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceFacts } from './facts.fixture.ts';
import { warningsAbout } from './find-warnings.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** A service whose own files would lie here. */
const factsHere = (fields = {}) =>
  serviceFacts({ folders: { ...serviceFacts().folders, config: folder.path }, ...fields });

describe('before a service is installed', () => {
  it('it is told what is set for a person and not for the daemon', async () => {
    const env = {
      GITYARD_TOKEN: 's3cret',
      HTTPS_PROXY: 'http://proxy:3128',
      no_proxy: 'localhost',
      EDITOR: 'vi',
      ALL_PROXY: '',
    };

    const [warning = '', ...others] = await warningsAbout(factsHere(), { service: 'cron', env });

    expect(warning).toMatch(/set here as GITYARD_TOKEN, HTTPS_PROXY, no_proxy: .*build1\.env$/);
    expect(warning).not.toContain('s3cret');
    expect(others).toEqual([]);
  });

  it('it is told no more once it stands where the daemon reads it, or in a file of its own', async () => {
    await writeFile(join(folder.path, 'build2.env'), 'HTTPS_PROXY=http://proxy:3128\n');
    const env = { GITYARD_TOKEN: 's3cret', HTTPS_PROXY: 'http://proxy:3128' };
    const facts = factsHere({ id: 'build2', tokenFile: '/etc/gityard/token' });

    expect(await warningsAbout(facts, { service: 'systemd', env })).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'it is told who cannot read the token, where nobody hands it over',
    async () => {
      const tokenFile = join(folder.path, 'the token');
      await writeFile(tokenFile, 's3cret');
      await chmod(tokenFile, 0o600);
      const facts = factsHere({ user: 'nobody', tokenFile });

      expect(await warningsAbout(facts, { service: 'cron', env: {} })).toEqual([
        `nobody has to be able to read ${tokenFile}: sudo chown nobody '${tokenFile}'`,
      ]);
      expect(await warningsAbout(facts, { service: 'systemd', env: {} })).toEqual([]);
    },
  );
});
