import { describe, expect, it } from 'vitest';

import { openTransport } from './list.ts';

const SUPPORTED =
  'use http:// or https://, or ssh://, or git@host:path, or file://, or the path of a folder, or github:owner/repository';

describe('the address of a repository', () => {
  it.each([
    ['ftp://host/yard.git', 'ftp:// is not supported'],
    ['SVN+SSH://host/yard.git', 'svn+ssh:// is not supported'],
    ['host:yard.git', 'this form of address is not supported'],
    ['ext::sh -c "touch x"', 'ext:: is not supported'],
    ['javascript:alert(1)', 'this form of address is not supported'],
    ['https:yard.git', 'this form of address is not supported'],
    [' ', 'an empty address is not supported'],
    ['https://[half', 'is no address of a repository: Invalid URL'],
    ['https://%zz@host/x', 'is no address of a repository: URI malformed'],
    ['file://host/yard.git', 'is no address of a repository: File URL host'],
    ['github:acme', 'is no address of a repository: write it as github:owner/repository'],
  ])('%j is refused before anything is started, with what can be used instead', (address, why) => {
    expect(() => openTransport(address)).toThrow(
      expect.objectContaining({ code: 'REMOTE_INVALID', message: expect.stringContaining(why), hint: SUPPORTED }),
    );
  });

  it.each([
    'ftp://ada:secret@host/x',
    'ada:secret@host:x',
    'https://ada:sec/ret@[half',
    'ftp://ada:sec@ret@host/x',
    'github+https://ada:secret@host/a/b',
  ])('%j keeps its password to itself when it is refused', (address) => {
    expect(() => openTransport(address)).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/ada|sec|ret/) }),
    );
  });

  it.each(['yard.git', './a:b', 'folder/a:b', '-x', '/srv/ext::sh'])('%j is a path', async (address) => {
    const transport = openTransport(address);

    expect(transport.name).toMatch(/^(\/|[A-Z]:)/);
    await transport.close();
  });
});
