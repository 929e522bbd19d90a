/** The REST door of the fake GitHub: the endpoints of its "Git database" that our transport asks, and no others. */
import { type SentCommit, sentCommit } from './commits.ts';
import { leastOf } from './issues/contract.ts';
import type { Plumbing } from './plumbing.ts';

export interface RestContext {
  readonly git: Plumbing;
  /** Listings leave out what does not fit. */
  readonly longestListing: number;
  /** Every commit that is made gets the signature of the host. */
  readonly signs: boolean;
}

export interface RestQuestion {
  readonly method: string;
  /** Below the repository. */
  readonly path: string;
  readonly body: unknown;
}

export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

const NOWHERE = '0'.repeat(40);
const ok = (body: unknown): RestAnswer => ({ status: 200, body });
const made = (body: unknown): RestAnswer => ({ status: 201, body });
const no = (status: number, message: string): RestAnswer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest/git', status: `${status}` },
});

export async function answerRest(
  { git, longestListing, signs }: RestContext,
  question: RestQuestion,
): Promise<RestAnswer> {
  const { method, body } = question;
  const path = decodeURIComponent(question.path);
  const refs = await git.refs();
  if (path.startsWith('/git/') && refs.size === 0) return no(409, 'Git Repository is empty.');

  const [, verb = '', rest = ''] = /^\/git\/([\w-]+)\/?(.*)$/.exec(path) ?? [];
  switch (`${method} ${verb}`) {
    case 'GET ref':
      return refs.has(`refs/${rest}`) ? ok(refOf(`refs/${rest}`, refs)) : no(404, 'Not Found');
    case 'GET matching-refs':
      return ok([...refs.keys()].filter((it) => it.startsWith(`refs/${rest}`)).map((it) => refOf(it, refs)));
    case 'GET trees':
      return listing(git, rest.replace('?recursive=1', ''), longestListing);
    case 'GET blobs':
      return blob(git, rest);
    case 'POST blobs':
      return made(named('blobs', await git.write('blob', Buffer.from((body as SentBlob).content, 'base64'))));
    case 'POST trees':
      return made({ ...named('trees', await newTree(git, (body as SentTree).tree)), tree: [], truncated: false });
    case 'POST commits':
      return made({
        ...leastOf('git-commit'),
        ...named('commits', await git.write('commit', sentCommit(body as SentCommit, signs))),
      });
    case 'POST refs':
      return newRef(git, body as { ref: string; sha: string });
    default:
      return no(404, 'Not Found');
  }
}

interface SentBlob {
  readonly content: string;
}
interface SentTree {
  readonly tree: readonly NewRow[];
}

const urlOf = (path: string): string => `https://api.github.com/repos/acme/yard/git/${path}`;
const named = (kind: string, sha: string) => ({ sha, url: urlOf(`${kind}/${sha}`) });

const refOf = (ref: string, refs: ReadonlyMap<string, string>) => ({
  ref,
  node_id: Buffer.from(ref).toString('base64'),
  url: urlOf(ref),
  object: { ...named('commits', refs.get(ref) ?? NOWHERE), type: 'commit' },
});

async function listing(git: Plumbing, tree: string, longest: number): Promise<RestAnswer> {
  const output = await git.run(['ls-tree', '-r', '-t', '-l', '-z', tree]).catch(() => undefined);
  if (!output) return no(404, 'Not Found');
  const entries = `${output}`.split('\0').flatMap((line) => {
    const [, mode, type, sha, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    return mode
      ? [{ path, mode, type, ...named(`${type}s`, `${sha}`), ...(size !== '-' && { size: Number(size) }) }]
      : [];
  });
  return ok({ ...named('trees', tree), tree: entries.slice(0, longest), truncated: entries.length > longest });
}

async function blob(git: Plumbing, sha: string): Promise<RestAnswer> {
  const found = (await git.objects([sha])).get(sha);
  if (found?.type !== 'blob') return no(404, 'Not Found');
  const content = found.body.toString('base64').replace(/.{60}/g, '$&\n');
  return ok({ ...named('blobs', sha), node_id: `B_${sha}`, size: found.body.length, encoding: 'base64', content });
}

interface NewRow {
  readonly path: string;
  readonly mode: string;
  readonly content?: string;
  readonly sha?: string;
}

async function newTree(git: Plumbing, rows: readonly NewRow[]): Promise<string> {
  const written: { path: string; mode: string; oid: string }[] = [];
  for (const { path, mode, content, sha } of rows)
    written.push({ path, mode, oid: sha ?? (await git.write('blob', content ?? '')) });
  return git.editTree(undefined, written);
}

async function newRef(git: Plumbing, { ref, sha }: { ref: string; sha: string }): Promise<RestAnswer> {
  if (!(await git.objects([sha])).has(sha)) return no(422, 'Object does not exist');
  if (!(await git.moveRef(ref, sha, NOWHERE))) return no(422, 'Reference already exists');
  return made(refOf(ref, new Map([[ref, sha]])));
}
