import { describe, expect, it } from 'vitest';

import { readSshAddress } from './address.ts';
import { shellWords } from './shell-words.ts';

describe('an address of ssh', () => {
  it.each([
    ['git@host:team/yard.git', { destination: 'git@host', path: 'team/yard.git' }],
    ['git@host:/srv/yard.git', { destination: 'git@host', path: '/srv/yard.git' }],
    ['git@[2001:db8::1]:yard.git', { destination: 'git@2001:db8::1', path: 'yard.git' }],
    ['ssh://git@host/team/yard.git', { destination: 'git@host', path: '/team/yard.git' }],
    ['ssh://host:2222/~ada/a%20yard.git', { destination: 'host', port: '2222', path: '~ada/a yard.git' }],
    ['SSH://git@[2001:db8::1]:22/x', { destination: 'git@2001:db8::1', port: '22', path: '/x' }],
  ])('%s is read as Git reads it', (address, expected) => {
    expect(readSshAddress(address)).toMatchObject(expected);
  });

  it.each([
    ['-oProxyCommand=evil@host:x', 'its user'],
    ['git@-oProxyCommand=evil:x', 'its host'],
    ['ssh://-oProxyCommand=evil/x', 'its host'],
    ['ssh://git@host;evil/x', 'its host'],
    ['ssh://$(evil)@host/x', 'its user'],
    ['git@host:-upload-archive', 'its path could be taken for an option'],
    ['ssh://host/a%0Ab', 'its path could be taken for an option'],
    ['ssh://host', 'its path is missing'],
  ])('%s is refused', (address, why) => {
    expect(() => readSshAddress(address)).toThrow(
      expect.objectContaining({ code: 'REMOTE_INVALID', message: expect.stringContaining(why) }),
    );
  });

  it('holds no password, and shows none', () => {
    expect(() => readSshAddress('ssh://ada:s3cret@host/x')).toThrow(
      expect.objectContaining({ code: 'REMOTE_INVALID', message: expect.not.stringContaining('s3cret') }),
    );
  });
});

describe('GIT_SSH_COMMAND', () => {
  it.each([
    ['ssh -i ~/.ssh/deploy', ['ssh', '-i', '~/.ssh/deploy']],
    [` 'my ssh'  -o "Proxy \\"x\\" \\y" a\\ b''`, ['my ssh', '-o', 'Proxy "x" \\y', 'a b']],
    [`ssh -o 'ProxyCommand=nc %h %p; $x'`, ['ssh', '-o', 'ProxyCommand=nc %h %p; $x']],
  ])('%j is taken apart as a shell would', (command, words) => {
    expect(shellWords(command, 'GIT_SSH_COMMAND')).toEqual(words);
  });

  it.each(['ssh -i $HOME/key', 'ssh "$(evil)"', 'ssh; evil', 'ssh | evil', 'ssh "open', "ssh 'open", 'ssh > x', ' '])(
    '%j is refused, because it would need one',
    (command) => {
      expect(() => shellWords(command, 'GIT_SSH_COMMAND')).toThrow(
        expect.objectContaining({ code: 'REMOTE_INVALID', hint: expect.stringContaining('script') }),
      );
    },
  );
});
