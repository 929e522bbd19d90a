/** Whether somebody is nearer to a repository than a stranger: programs of its own, and people whom it names. */
const TRUSTED = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

export const isTrustedAuthor = ({
  user,
  author_association: of,
}: {
  readonly user: { readonly type?: string } | null;
  readonly author_association?: string;
}): boolean => user?.type === 'Bot' || TRUSTED.has(of ?? '');
