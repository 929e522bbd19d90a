import { describe, expect, it } from 'vitest';
import { protocolOf } from './address.ts';

describe('address', () => {
  it.each([
    ['https://github.com/acme/app.git', 'https'],
    ['https://git.example:8443/acme/app', 'https'],
    ['http://127.0.0.1:3000/app.git', 'http'],
    ['ssh://git@host.example:2222/srv/app.git', 'ssh'],
    ['ssh://git@[::1]/srv/app.git', 'ssh'],
    ['git@github.com:acme/app.git', 'ssh'],
    ['file:///srv/git/app.git', 'file'],
    ['/srv/git/app.git', 'file'],
    ['/home/ada/Bäume und so/app', 'file'],
  ])('takes %s as %s', (address, protocol) => {
    expect(protocolOf(address)).toBe(protocol);
  });

  it.each([
    '',
    '-x',
    '--upload-pack=touch /tmp/x',
    'ext::sh -c id',
    'ext::sh',
    'fd::17',
    'ssh://-oProxyCommand=id/x',
    'ssh://-x@host/x',
    'git@-oProxyCommand=id:x',
    'git@host:-x',
    'git://host/app.git',
    'ftp://host/app.git',
    'javascript:alert(1)',
    'relative/path',
    'https://host/with blank',
    'https://host/a\nb',
    '/srv/a\nb',
    '/srv/a\tb',
    'git@host:with blank',
    'https://host/\u0000',
    'file://otherhost/srv/app.git',
    'https://',
  ])('does not take %j', (address) => {
    expect(protocolOf(address)).toBeNull();
  });

  it.each(['https://token@host/app', 'https://user:secret@host/app', 'ssh://git:secret@host/app'])(
    'does not take %s, which carries a secret',
    (address) => {
      expect(protocolOf(address)).toBeNull();
    },
  );

  it.each([
    'https://host/ours/../theirs/app',
    'https://host/ours/%2e%2E/theirs',
    'https://host/ours%2f..%2ftheirs',
    '/srv/git/../../etc',
    'git@host:ours/../theirs',
  ])('does not take %s, which would slip past a prefix in a policy', (address) => {
    expect(protocolOf(address)).toBeNull();
  });
});
