/** Where a token of each sort is made, and what it gives: the weakest that does the work stands first. Pure. */
import { safeUrl } from '../text/safe-url.ts';
import type { Connection } from '../worker/protocol.ts';

export interface TokenLink {
  readonly title: string;
  readonly href: string;
  readonly gives: string;
}

/** `address` is `host/owner/repository`, with folders between where the host has them, and maybe names of branches after it. */
export function tokenLinks(source: Connection['source']): readonly TokenLink[] {
  if (source === null) return [];
  const [place = ''] = source.address.split(' ');
  const names = place.split('/');
  const owner = names.at(-2) ?? '';
  const host = names.slice(0, -2).join('/');
  if (source.kind === 'gitea') {
    const gives = 'choose only “repository”: read to look at a private yard, write to act from this page.';
    return linked([{ title: `A token of ${host}`, href: `https://${host}/user/settings/applications`, gives }]);
  }
  if (source.kind !== 'github') return [];
  const page = (name: string, permissions: Record<string, string>): string =>
    `https://${host}/settings/personal-access-tokens/new?${new URLSearchParams({ name, target_name: owner, expires_in: '30', ...permissions })}`;
  return linked([
    {
      title: 'A token without any permission',
      href: page('Gityard: look more often', {}),
      gives:
        'for a public yard: 5,000 looks an hour instead of 60, and it can do nothing else, so that a leak does no harm.',
    },
    {
      title: 'A token that may read one repository',
      href: page('Gityard: read', { contents: 'read' }),
      gives: 'for a private yard. Choose only the repository of the yard.',
    },
    {
      title: 'A token that may write to one repository',
      href: page('Gityard: act', { contents: 'write' }),
      gives: 'to act from this page. Choose only the repository of the yard, never the one that serves this page.',
    },
  ]);
}

const linked = (links: readonly TokenLink[]): readonly TokenLink[] =>
  links.filter(({ href }) => safeUrl(href) !== null);
