import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { accessFor, sshKeySetting } from './access.ts';

const env = { GITYARD_HOME: '/srv/gityard', XDG_CONFIG_HOME: '/etc/xdg' };
const files = { agentFile: { sshKey: 'deploy' }, userFile: { sshKey: '~/.ssh/yard' } };

it('takes the key that the environment names before that of the agent file, and this before the user’s', () => {
  expect(sshKeySetting({ env: { ...env, GITYARD_SSH_KEY: 'key' }, cwd: '/here', files })).toEqual({
    value: '/here/key',
    source: 'environment GITYARD_SSH_KEY',
  });
  expect(sshKeySetting({ env, cwd: '/here', files }).value).toBe('/srv/gityard/deploy');
  expect(sshKeySetting({ env, cwd: '/here', files: { ...files, agentFile: {} } }).value).toBe(
    join(homedir(), '.ssh/yard'),
  );
});

it('names no key where nobody did', () => {
  const found = { address: 'git@host:yard.git', source: 'flag' };

  expect(accessFor(found, { env: {}, cwd: '/', files: { agentFile: {}, userFile: {} } })).toEqual({
    token: undefined,
    sshKey: undefined,
  });
});

describe('what a service is given in files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gityard-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const found = { address: 'https://git.example.com/yard.git', source: 'flag' };
  const places = { cwd: '/', files: { agentFile: {}, userFile: {} } };

  it('is read from the file that is named, or from what systemd loaded', () => {
    writeFileSync(join(folder, 'gityard-token'), 's3cret\n');
    writeFileSync(join(folder, 'gityard-ssh-key'), 'key');

    expect(accessFor(found, { ...places, env: { GITYARD_TOKEN_FILE: join(folder, 'gityard-token') } }).token).toBe(
      's3cret',
    );
    expect(accessFor(found, { ...places, env: { CREDENTIALS_DIRECTORY: folder } })).toEqual({
      token: 's3cret',
      sshKey: join(folder, 'gityard-ssh-key'),
    });
  });

  it('is told when it is missing, and never sent to a repository that one merely stands in', () => {
    const env = { GITYARD_TOKEN_FILE: join(folder, 'missing') };

    expect(() => accessFor(found, { ...places, env })).toThrow(expect.objectContaining({ code: 'DENIED' }));
    expect(accessFor({ ...found, source: 'current repository' }, { ...places, env }).token).toBeUndefined();
    expect(accessFor(found, { ...places, env: { CREDENTIALS_DIRECTORY: join(folder, 'none') } }).token).toBeUndefined();
  });
});
