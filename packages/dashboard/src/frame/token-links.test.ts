import { describe, expect, it } from 'vitest';
import { tokenLinks } from './token-links.ts';

const hrefs = (kind: 'github' | 'gitea' | 'folder', address: string) =>
  tokenLinks({ kind, address, isLocal: false }).map(({ href }) => href);

describe('token-links', () => {
  it('offers the weakest token first, at the host of the yard', () => {
    expect(hrefs('github', 'github.com/acme/yard')).toEqual([
      'https://github.com/settings/personal-access-tokens/new?name=Gityard%3A+look+more+often&target_name=acme&expires_in=30',
      'https://github.com/settings/personal-access-tokens/new?name=Gityard%3A+read&target_name=acme&expires_in=30&contents=read',
      'https://github.com/settings/personal-access-tokens/new?name=Gityard%3A+act&target_name=acme&expires_in=30&contents=write',
    ]);
    expect(hrefs('gitea', 'git.example:3000/forge/acme/yard')).toEqual([
      'https://git.example:3000/forge/user/settings/applications',
    ]);
  });

  it('offers none where there is none', () => {
    expect(hrefs('folder', './demo/')).toEqual([]);
  });
});
