import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-codes.ts';
import { failureOf } from './failure-of.ts';

const fromSystem = (code: string, fields: object = { path: '/srv/x' }) =>
  failureOf(Object.assign(new Error(`${code}: no`), { code, syscall: 'open', ...fields }));

describe('system-failure', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL', 8],
    ['EDQUOT', 'DISK_FULL', 8],
    ['EROFS', 'READ_ONLY', 8],
    ['EMFILE', 'LIMIT_REACHED', 8],
    ['EACCES', 'DENIED', 6],
    ['EPERM', 'DENIED', 6],
    ['ENOTDIR', 'USAGE', 2],
    ['EISDIR', 'USAGE', 2],
    ['ENAMETOOLONG', 'USAGE', 2],
    ['ELOOP', 'USAGE', 2],
    ['ENOENT', 'NOT_FOUND', 3],
  ] as const)('takes %s for %s, exit %i, and names the path and a way out', (code, expected, exitCode) => {
    const failure = fromSystem(code);

    expect(failure).toMatchObject({ code: expected, message: expect.stringContaining('/srv/x cannot be opened: ') });
    expect(failure.hint).not.toBe('');
    expect(exitCodeOf(failure.code)).toBe(exitCode);
  });

  it('says which program is not installed', () => {
    expect(fromSystem('ENOENT', { syscall: 'spawn git', path: 'git' })).toMatchObject({
      code: 'NOT_FOUND',
      message: 'git is not installed here',
    });
  });

  it('leaves alone what only bears such a name', () => {
    expect(fromSystem('EACCES', { syscall: undefined }).code).toBe('INTERNAL');
  });
});
