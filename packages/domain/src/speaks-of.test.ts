import { describe, expect, it } from 'vitest';
import { plainAddress } from './repository-address.ts';
import { type Patterns, speaksOf } from './speaks-of.ts';

const job = { repository: 'https://git.example/acme/app', branch: 'release/9', labels: ['linux'] };
const patterns = (fields: Partial<Patterns>): Patterns => ({ repositories: [], branches: [], labels: [], ...fields });

describe('speaks-of', () => {
  it.each([
    'https://git.example/acme/app.git',
    'https://GIT.example:443//ACME/app/',
    'https://git.example/acme/%61pp',
    'ssh://git@git.example:22/acme/app.git/',
    'git@git.example:acme/app.git',
  ])('means a repository however its address is written: %s', (repository) => {
    for (const pattern of ['https://git.example/acme/*', 'git@git.example:acme/app', '*/app.git', repository])
      expect({ pattern, speaks: speaksOf(patterns({ repositories: [pattern] }), { ...job, repository }) }).toEqual({
        pattern,
        speaks: true,
      });
  });

  it.each(['https://git.example/acme/other', 'https://git.example:8443/acme/app', 'https://example/acme/app', null])(
    'means no other one: %s',
    (repository) => {
      expect(speaksOf(patterns({ repositories: ['https://git.example/acme/app'] }), { ...job, repository })).toBe(
        false,
      );
    },
  );

  it('means no job without a repository, unless by what stands for anything', () => {
    const speaks = (pattern: string) => speaksOf(patterns({ repositories: [pattern] }), { ...job, repository: null });

    expect(['https://*', '*.git', '*'].map(speaks)).toEqual([false, false, true]);
  });

  it('means folders of a machine as well', () => {
    expect(['/srv/app', 'file:///srv/app', '/srv//app/.git', '/srv/app.git'].map(plainAddress)).toEqual(
      Array(4).fill('/srv/app'),
    );
  });

  it('means a branch also by its whole name', () => {
    for (const branch of ['release/9', 'refs/heads/release/9'])
      for (const pattern of ['release/*', 'refs/heads/release/*'])
        expect(speaksOf(patterns({ branches: [pattern] }), { ...job, branch })).toBe(true);
    expect(speaksOf(patterns({ branches: ['release/*'] }), { ...job, branch: 'refs/tags/release/9' })).toBe(false);
  });
});
