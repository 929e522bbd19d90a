/**
 * The GraphQL door of the fake GitHub. No parser: it knows the few questions that our transport asks, and answers any
 * other with the error for one that cannot be understood, so that a change on our side alone does not pass unseen.
 */
import { commitNode, webFlowCommit } from './commits.ts';
import type { Plumbing, RawObject } from './plumbing.ts';

export interface GraphqlContext {
  readonly git: Plumbing;
  /** owner/repository */
  readonly name: string;
  /** What the branch's rules say to every commit; undefined: nothing. */
  readonly declines: string | undefined;
}

interface Question {
  readonly query: string;
  /** Each operation has some of them. */
  readonly variables: {
    readonly owner: string;
    readonly name: string;
    readonly head: string;
    readonly first: number;
    readonly after: string | null;
    readonly input: CommitInput;
  };
}

export const operationOf = (query: string): string => /^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? 'unknown';

export async function answerGraphql(context: GraphqlContext, { query, variables }: Question): Promise<unknown> {
  const operation = operationOf(query);
  if (operation === 'Commit') return commit(context, variables.input);
  const asked = `${variables.owner}/${variables.name}`;
  if (asked !== context.name)
    return failed('repository', 'NOT_FOUND', `Could not resolve to a Repository with the name '${asked}'.`);
  if (operation === 'History') return { data: { repository: { object: await history(context.git, variables) } } };
  if (operation === 'Trees') return objects(context.git, query, { type: 'tree', node: treeNode });
  if (operation === 'Blobs') return objects(context.git, query, { type: 'blob', node: blobNode });
  return { errors: [{ message: `Parse error on ${JSON.stringify(query.slice(0, 40))}` }] };
}

interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner: string; readonly branchName: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges: {
    readonly additions: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions: readonly { readonly path: string }[];
  };
}

async function commit({ git, name, declines }: GraphqlContext, input: CommitInput): Promise<unknown> {
  const no = (type: string, message: string) => failed('createCommitOnBranch', type, message);
  const { branch, expectedHeadOid: expected, message, fileChanges } = input;
  const ref = `refs/heads/${branch.branchName}`;
  const head = branch.repositoryNameWithOwner === name ? (await git.refs()).get(ref) : undefined;
  if (head === undefined) return no('NOT_FOUND', `Could not resolve to a Ref with the name '${ref}'.`);
  if (declines !== undefined) return no('UNPROCESSABLE', `Repository rule violations found\n\n${declines}\n\n`);
  const stale = no('STALE_DATA', `Expected branch to point to "${expected}" but it did not.  Pull and try again.`);
  if (head !== expected) return stale;

  const missing = await missingIn(git, expected, fileChanges.deletions);
  if (missing) return no('UNPROCESSABLE', `A path was requested for deletion which does not exist: ${missing}`);
  const tree = await git.editTree(expected, await rowsOf(git, fileChanges));
  const oid = await git.write('commit', webFlowCommit({ tree, parent: expected, body: undefined, ...message }));
  if (!(await git.moveRef(ref, oid, expected))) return stale;
  return { data: { createCommitOnBranch: { commit: { oid, tree: { oid: tree } } } } };
}

async function missingIn(git: Plumbing, base: string, deletions: readonly { path: string }[]) {
  const paths = `${await git.run(['ls-tree', '-r', '-z', '--name-only', base])}`.split('\0');
  return deletions.find(({ path }) => !paths.includes(path))?.path;
}

async function rowsOf(git: Plumbing, { additions, deletions }: CommitInput['fileChanges']) {
  const rows = deletions.map(({ path }) => ({ path, mode: '0', oid: '0'.repeat(40) }));
  for (const { path, contents } of additions)
    rows.push({ path, mode: '100644', oid: await git.write('blob', Buffer.from(contents, 'base64')) });
  return rows;
}

async function history(git: Plumbing, { head, first, after }: Question['variables']): Promise<unknown> {
  if (!(await git.objects([head])).has(head)) return null;
  const skip = Number(after ?? 0);
  const limits = [`--skip=${skip}`, `--max-count=${first + 1}`];
  const oids = (await git.line(['rev-list', ...limits, head])).split('\n').filter(Boolean);
  const found = await git.objects(oids.slice(0, first));
  return {
    history: {
      pageInfo: { hasNextPage: oids.length > first, endCursor: `${skip + first}` },
      nodes: [...found.values()].map(commitNode),
    },
  };
}

interface Sort {
  readonly type: string;
  readonly node: (object: RawObject) => unknown;
}

async function objects(git: Plumbing, query: string, { type, node }: Sort): Promise<unknown> {
  const asked = [...query.matchAll(/(\w+): object\(oid: "([0-9a-f]{40})"\)/g)];
  const found = await git.objects(asked.map(([, , oid = '']) => oid));
  const fields = asked.map(([, alias = '', oid = '']) => {
    const object = found.get(oid);
    // What is another sort than was asked about has none of the fields.
    return [alias, object ? (object.type === type ? node(object) : {}) : null];
  });
  return { data: { repository: Object.fromEntries(fields) } };
}

function treeNode({ body }: RawObject) {
  const entries: { mode: number; nameRaw: string; oid: string }[] = [];
  for (let at = 0; at < body.length; ) {
    const [space, end] = [body.indexOf(' ', at), body.indexOf(0, at)];
    const mode = Number.parseInt(body.toString('latin1', at, space), 8);
    const nameRaw = body.subarray(space + 1, end).toString('base64');
    entries.push({ mode, nameRaw, oid: body.toString('hex', end + 1, end + 21) });
    at = end + 21;
  }
  return { entries };
}

const LONGEST_TEXT_BYTES = 512_000;

function blobNode({ body }: RawObject) {
  const isBinary = body.includes(0);
  const isTruncated = body.length > LONGEST_TEXT_BYTES;
  return {
    byteSize: body.length,
    isBinary,
    isTruncated,
    text: isBinary ? null : `${body.subarray(0, LONGEST_TEXT_BYTES)}`,
  };
}

function failed(field: string, type: string, message: string) {
  return { data: { [field]: null }, errors: [{ type, path: [field], locations: [{ line: 1, column: 1 }], message }] };
}
