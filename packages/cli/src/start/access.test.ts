import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
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
