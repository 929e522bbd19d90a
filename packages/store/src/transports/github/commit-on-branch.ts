/**
 * One commit through the one mutation that moves a branch by compare-and-swap. The host makes the commit of the files
 * that we name, so it has another name than ours; its tree must be the one that was decided on.
 */
import { decodeCommit } from '../../codec/commit.ts';
import type { Oid } from '../../codec/oid.ts';
import { StoreError } from '../../errors.ts';
import type { RefAnswer } from '../transport.ts';
import type { GithubApi, GraphqlReply } from './api.ts';
import { readFile } from './blobs.ts';
import { changesBetween } from './changes.ts';
import { readCommit } from './history.ts';
import type { Parcel } from './parcel.ts';
import { landedIn } from './replies.ts';
import { type CommitOnBranch, commitOnBranch, type FileChanges, matchRefs } from './requests.ts';

export interface Move {
  readonly ref: string;
  readonly expected: Oid;
  readonly next: Oid;
}

export async function moveBranch(api: GithubApi, { ref, expected, next }: Move, parcel: Parcel): Promise<RefAnswer> {
  if (!ref.startsWith('refs/heads/')) return refused('the API commits to branches only');
  const base = parcel.treeOf(expected) ?? (await readCommit(api, expected, parcel.signal))?.tree;
  // Nothing can land on a commit that the host does not know. Asked all the same, it says whether we may push at all.
  if (base === undefined) return ask(api, { ref, expected, message: 'a trial', fileChanges: NOTHING }, parcel);

  const commit = parcel.object(next);
  const fields = commit?.type === 'commit' ? decodeCommit(commit.body) : undefined;
  if (fields?.parents.join() !== expected) return refused('the API adds commits to a branch, and replaces none');
  const changes = await changesBetween(base, fields.tree, parcel.rows);
  if (changes.problem) return refused(changes.problem);
  const fileChanges = await fileChangesOf(api, changes, parcel);
  return ask(api, { ref, expected, message: fields.message, fileChanges, tree: fields.tree }, parcel);
}

const NOTHING: FileChanges = { additions: [], deletions: [] };

interface Asking extends Omit<CommitOnBranch, 'repository'> {
  readonly tree?: Oid;
}

async function ask(api: GithubApi, { tree, ...wanted }: Asking, { signal }: Parcel): Promise<RefAnswer> {
  const repository = `${api.address.owner}/${api.address.repository}`;
  const reply = await api.graphql(commitOnBranch({ repository, ...wanted }), signal);
  return answerOf(reply, { api, ref: wanted.ref, tree, signal });
}

async function fileChangesOf(
  api: GithubApi,
  { puts, removals }: Awaited<ReturnType<typeof changesBetween>>,
  { object, signal }: Parcel,
): Promise<FileChanges> {
  const additions: { path: string; contents: string }[] = [];
  for (const { path, blob } of puts) {
    const { body } = object(blob) ?? (await readFile(api, blob, signal));
    additions.push({ path, contents: Buffer.from(body).toString('base64') });
  }
  return { additions, deletions: removals.map((path) => ({ path })) };
}

async function answerOf(
  reply: GraphqlReply,
  { api, ref, tree, signal }: { api: GithubApi; ref: string; tree: Oid | undefined; signal: AbortSignal | undefined },
): Promise<RefAnswer> {
  const landed = landedIn(reply.data);
  if (landed && landed.tree === tree) return { ok: true, landedAs: landed.commit };
  if (landed) throw new OtherFilesError(api.address.name, landed.commit);

  const [{ type = '', message = '' } = {}] = reply.errors;
  if (type === 'STALE_DATA' || STALE.test(message)) return conflict(message);
  if (/FORBIDDEN|SCOPES|UNPROCESSABLE|INVALID/.test(type)) return refused(message);
  if (type !== 'NOT_FOUND') throw reply.failure();
  // The branch, or a repository that the token may not see: then this question throws.
  await api.rest(matchRefs(ref), signal);
  return conflict(message);
}

/** It says "no" with "200 OK". */
const STALE = /expected branch to point to|is at [0-9a-f]+ but expected/i;

/** It has landed, and is not what was decided: deciding anew would do it twice, so a person has to look. */
export class OtherFilesError extends StoreError {
  constructor(remote: string, commit: Oid) {
    super('REMOTE_INVALID', `${remote} made other files of a commit than were sent`, {
      hint: `look at commit ${commit} there, and undo it when it is wrong`,
      mayHaveLanded: true,
    });
  }
}

export const refused = (reason: string): RefAnswer => ({ ok: false, sort: 'refused', reason });
export const conflict = (reason: string): RefAnswer => ({ ok: false, sort: 'conflict', reason });
