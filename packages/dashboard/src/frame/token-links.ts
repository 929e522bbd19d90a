/** Where a token of each sort is made, and what it gives: the weakest that does the work stands first. Pure. */
import type { Connection } from '../worker/protocol.ts';

export interface TokenLink {
  readonly title: string;
  readonly href: string;
  readonly gives: string;
}

export function tokenLinks(source: Connection['source']): readonly TokenLink[] {
  if (source?.kind !== 'github') return [];
  const page = (permissions: Record<string, string>, name: string): string =>
    `https://github.com/settings/personal-access-tokens/new?${new URLSearchParams({ name, expires_in: '30', ...permissions })}`;
  return [
    {
      title: 'A token without any permission',
      href: page({}, 'Gityard: look more often'),
      gives:
        'for a public yard: 5,000 looks an hour instead of 60, and it can do nothing else, so that a leak does no harm.',
    },
    {
      title: 'A token that may read one repository',
      href: page({ contents: 'read' }, 'Gityard: read'),
      gives: 'for a private yard. Choose only the repository of the yard.',
    },
    {
      title: 'A token that may write to one repository',
      href: page({ contents: 'write' }, 'Gityard: act'),
      gives: 'to act from this page. Choose only the repository of the yard, never the one that serves this page.',
    },
  ];
}
