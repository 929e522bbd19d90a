import { describe, expect, it } from 'vitest';
import { refusalByPolicy } from './policy.ts';

const policy = { repositories: ['https://git.example/acme/*', 'https://git.example/other/app'], commands: false };
const refusal = (repository: string | null, command: string[] | null = null) =>
  refusalByPolicy(policy, { repository, command });

describe('policy', () => {
  it('lets a listed address and everything below a listed prefix be built', () => {
    expect(refusal('https://git.example/other/app')).toBeNull();
    expect(refusal('https://git.example/acme/anything.git')).toBeNull();
  });

  it('refuses every other address and says how it can be allowed', () => {
    const text = refusal('https://git.example/other/app2');

    expect(text).toContain('does not build https://git.example/other/app2');
    expect(text).toContain('gityard agent allow https://git.example/other/app2');
  });

  it('refuses everything when nothing is listed', () => {
    expect(
      refusalByPolicy({ repositories: [], commands: false }, { repository: '/srv/app.git', command: null }),
    ).toContain('/srv/app.git');
  });

  it('refuses a command until commands are allowed, with or without a repository', () => {
    expect(refusal(null, ['id'])).toContain('gityard agent allow --commands');
    expect(refusal('https://git.example/other/app', ['id'])).toContain('gityard agent allow --commands');
    expect(refusalByPolicy({ ...policy, commands: true }, { repository: null, command: ['id'] })).toBeNull();
  });

  it.each(['--upload-pack=id', 'ext::sh -c id', 'https://git.example/acme/../theirs'])(
    'refuses %s even where everything is allowed',
    (repository) => {
      expect(refusalByPolicy({ repositories: ['*'], commands: true }, { repository, command: null })).toContain(
        'is not an address',
      );
    },
  );
});
