/** The GraphQL door of the pretended GitHub, as far as the page asks it: texts of blobs by their names, for whoever has a token. */
import type { GithubWorld, MockToken } from './mock-github-rules.ts';
import type { HostRequest } from './mock-host.ts';

const LONGEST_TEXT = 512_000;

/** Of an Enterprise host it lies beside the API and not below it. */
export const isGraphql = (url: URL): boolean => /^(?:\/api)?\/graphql$/.test(url.pathname);

export async function graphqlAnswer(
  { repository, rules }: GithubWorld,
  request: HostRequest,
  token: MockToken | undefined,
): Promise<{ readonly status: number; readonly body: string }> {
  if (!token)
    return { status: 401, body: JSON.stringify({ message: 'This endpoint requires you to be authenticated.' }) };
  const { query, variables } = JSON.parse(request.body) as {
    query: string;
    variables: Readonly<Record<string, string>>;
  };
  const isThere = variables.owner === 'acme' && variables.name === 'yard' && (!rules.isPrivate || token.reads);
  const asked = [...query.matchAll(/(\w+):object\(oid:"([0-9a-f]{40})"\)/g)];
  const nodes = await Promise.all(
    asked.map(async ([, alias = '', oid = '']) => [alias, nodeOf(await repository.blob(oid))] as const),
  );
  const data = { repository: isThere ? Object.fromEntries(nodes) : null };
  return { status: 200, body: JSON.stringify({ data, ...(!isThere && { errors: [{ type: 'NOT_FOUND' }] }) }) };
}

/** No text where there is a zero in it, and no more than the beginning of a long one. */
const nodeOf = (bytes: Buffer | undefined) =>
  bytes ? { text: bytes.includes(0) ? null : `${bytes}`.slice(0, LONGEST_TEXT) } : null;
