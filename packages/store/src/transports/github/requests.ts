/**
 * Everything that we ask GitHub's API, word for word: the one place to hold against its published description. Paths
 * are relative to the repository; what the answers mean is said in replies.ts.
 */
import type { CommitFields, Signature } from '../../codec/commit.ts';
import type { Oid } from '../../codec/oid.ts';

export interface RestRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly etag?: string | undefined;
  /** Statuses beside 2xx that mean something to who asks. */
  readonly allows?: readonly number[];
  /** Once sent it may have moved a ref, whatever was heard of it. */
  readonly changes?: boolean;
}

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly changes?: boolean;
}

const NOT_MODIFIED = 304;
const NOT_FOUND = 404;
/** So is every question answered about a repository without any commit. */
export const EMPTY_REPOSITORY = 409;
/** The ref exists already, or may not be made. */
export const UNPROCESSABLE = 422;

export const readRef = (ref: string, etag: string | undefined): RestRequest => ({
  method: 'GET',
  path: `/git/ref/${inPath(ref)}`,
  etag,
  allows: [NOT_MODIFIED, NOT_FOUND, EMPTY_REPOSITORY],
});

export const matchRefs = (prefix: string): RestRequest => ({
  method: 'GET',
  path: `/git/matching-refs/${inPath(prefix)}`,
  allows: [EMPTY_REPOSITORY],
});

export const readTree = (tree: Oid): RestRequest => ({ method: 'GET', path: `/git/trees/${tree}?recursive=1` });

export const readBlob = (blob: Oid): RestRequest => ({ method: 'GET', path: `/git/blobs/${blob}` });

export const makeBlob = (content: Uint8Array): RestRequest => ({
  method: 'POST',
  path: '/git/blobs',
  body: { content: Buffer.from(content).toString('base64'), encoding: 'base64' },
});

export interface NewFile {
  readonly path: string;
  readonly mode: string;
  /** Text is sent along; anything else was made before, by `makeBlob`. */
  readonly file: { readonly content: string } | { readonly sha: Oid };
}

export const makeTree = (files: readonly NewFile[]): RestRequest => ({
  method: 'POST',
  path: '/git/trees',
  body: { tree: files.map(({ path, mode, file }) => ({ path, mode, type: 'blob', ...file })) },
});

/** With author, committer and times given, the host makes the very commit that we made. */
export const makeCommit = ({ tree, parents, author, committer, message }: CommitFields): RestRequest => ({
  method: 'POST',
  path: '/git/commits',
  body: { message, tree, parents, author: person(author), committer: person(committer) },
});

export const makeRef = (ref: string, sha: Oid): RestRequest => ({
  method: 'POST',
  path: '/git/refs',
  body: { ref, sha },
  allows: [UNPROCESSABLE],
  changes: true,
});

export interface FileChanges {
  readonly additions: readonly { readonly path: string; readonly contents: string }[];
  readonly deletions: readonly { readonly path: string }[];
}

export interface CommitOnBranch {
  readonly repository: string;
  readonly ref: string;
  readonly expected: Oid;
  readonly message: string;
  readonly fileChanges: FileChanges;
}

export const commitOnBranch = ({
  repository,
  ref,
  expected,
  message,
  fileChanges,
}: CommitOnBranch): GraphqlRequest => ({
  query: `mutation Commit($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`,
  variables: {
    input: {
      branch: { repositoryNameWithOwner: repository, branchName: ref.replace('refs/heads/', '') },
      expectedHeadOid: expected,
      message: headlineAndBody(message),
      fileChanges,
    },
  },
  changes: true,
});

/** The host puts a blank line between the two, so trailers at the end of the body stay what they are. */
function headlineAndBody(message: string): { headline: string; body?: string } {
  const [headline = '', ...rest] = message.trimEnd().split('\n');
  const body = rest.join('\n').replace(/^\n+/, '');
  return body === '' ? { headline } : { headline, body };
}

export interface HistoryPage {
  readonly head: Oid;
  readonly first: number;
  readonly after: string | null;
}

export const readHistory = ({ head, first, after }: HistoryPage): GraphqlRequest => ({
  query: `query History($owner: String!, $name: String!, $head: GitObjectID!, $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) { object(oid: $head) { ... on Commit { history(first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      oid message tree { oid } parents(first: 100) { nodes { oid } }
      author { name email date } committer { name email date }
      signature { payload signature }
    }
  } } } }
}`,
  variables: { head, first, after },
});

/** The mode is a plain number here, and names come as bytes, because Git allows names that are no text. */
export const readTrees = (trees: readonly Oid[]): GraphqlRequest =>
  readObjects('Trees', trees, '... on Tree { entries { mode nameRaw oid } }');

export const readBlobs = (blobs: readonly Oid[]): GraphqlRequest =>
  readObjects('Blobs', blobs, '... on Blob { byteSize isBinary isTruncated text }');

/** Many objects at the price of one; each is answered under "o" and its place in the list. */
function readObjects(operation: string, oids: readonly Oid[], fields: string): GraphqlRequest {
  const lines = oids.map((oid, index) => `    o${index}: object(oid: "${oid}") { ${fields} }`);
  return {
    query: `query ${operation}($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
${lines.join('\n')}
  }
}`,
    variables: {},
  };
}

function inPath(ref: string): string {
  return ref
    .replace(/^refs\//, '')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

function person({ name, email, atSeconds }: Signature) {
  return { name, email, date: new Date(Math.floor(atSeconds) * 1000).toISOString().replace('.000Z', 'Z') };
}
