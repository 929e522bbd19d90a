import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { npmSettings } from './npm-settings.ts';
import { temporaryFolder, writeFiles } from './specs/world.ts';

const OWNERS = `registry=https://mirror.example/npm/
@acme:registry = https://acme.example/
//mirror.example/npm/:_authToken=hunter2
_auth=hunter2
proxy=http://ada:hunter2@proxy.example/
cafile=/etc/ca.pem
ignore-scripts=false
`;

describe('npm-settings', () => {
  it('takes over where packages come from, and nothing by which we are known there', async () => {
    const home = temporaryFolder();
    writeFiles(home, { '.npmrc': OWNERS });

    expect(await npmSettings({ environment: {}, home })).toBe(
      'registry=https://mirror.example/npm/\n@acme:registry = https://acme.example/\ncafile=/etc/ca.pem\n',
    );
  });

  it('reads the file that the environment names instead', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { mine: 'strict-ssl=false\n', '.npmrc': OWNERS });

    const environment = { NPM_CONFIG_USERCONFIG: join(folder, 'mine') };
    expect(await npmSettings({ environment, home: folder })).toBe('strict-ssl=false\n');
  });

  it('takes over places that stand in the environment, however npm lets them be written', async () => {
    const environment = {
      npm_config_registry: 'https://mirror.example/',
      NPM_CONFIG_HTTPS_PROXY: 'http://proxy.example:3128',
      'npm_config_//mirror.example/:_authToken': 'hunter2',
      npm_config_proxy: 'http://ada:hunter2@proxy.example',
      npm_config_cafile: '/etc/ca.pem\n_auth=hunter2',
      npm_config_user_agent: 'npm/11',
    };

    expect(await npmSettings({ environment, home: temporaryFolder() })).toBe(
      'registry=https://mirror.example/\nhttps-proxy=http://proxy.example:3128\n',
    );
  });
});
