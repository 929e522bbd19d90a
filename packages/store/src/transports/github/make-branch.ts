/**
 * A branch that is not there yet: its objects are made one after the other, and the ref last, which fails where one is
 * already. What was made before that is garbage which nobody sees. With our author and times the host makes our very commit.
 */
import { isUtf8 } from 'node:buffer';

import { decodeCommit } from '../../codec/commit.ts';
import type { Oid } from '../../codec/oid.ts';
import { StoreError } from '../../errors.ts';
import type { RefAnswer } from '../transport.ts';
import type { GithubApi } from './api.ts';
import { readFile } from './blobs.ts';
import { changesBetween } from './changes.ts';
import { conflict, refused } from './commit-on-branch.ts';
import { emptyRepository } from './failures.ts';
import type { Parcel } from './parcel.ts';
import { madeIn } from './replies.ts';
import {
  EMPTY_REPOSITORY,
  makeBlob,
  makeCommit,
  makeRef,
  makeTree,
  type NewFile,
  type RestRequest,
  UNPROCESSABLE,
} from './requests.ts';

export async function makeBranch(
  api: GithubApi,
  { ref, next }: { ref: string; next: Oid },
  parcel: Parcel,
): Promise<RefAnswer> {
  const commit = parcel.object(next);
  const fields = commit?.type === 'commit' ? decodeCommit(commit.body) : undefined;
  // A branch may also begin at a commit that the host has.
  const made = fields ? await makeObjects(api, fields, parcel) : next;
  if (typeof made !== 'string') return made;

  const { status, message } = await api.rest(makeRef(ref, made), parcel.signal);
  if (status === UNPROCESSABLE) return /already exists/i.test(message) ? conflict(message) : refused(message);
  return made === next ? { ok: true } : { ok: true, landedAs: made };
}

type Fields = ReturnType<typeof decodeCommit>;

async function makeObjects(api: GithubApi, fields: Fields, parcel: Parcel): Promise<Oid | RefAnswer> {
  const { puts, problem } = await changesBetween(null, fields.tree, parcel.rows);
  if (problem) return refused(problem);
  const files: NewFile[] = [];
  for (const { path, mode, blob } of puts) files.push({ path, mode, file: await fileOf(api, blob, parcel) });

  const tree = await make(api, makeTree(files), parcel);
  if (tree === fields.tree) return make(api, makeCommit(fields), parcel);
  throw new StoreError('REMOTE_INVALID', `${api.address.name} made other files than were sent`, {
    hint: 'nothing was changed; try again, or use the address of the Git repository',
  });
}

async function fileOf(api: GithubApi, oid: Oid, parcel: Parcel): Promise<NewFile['file']> {
  const { body } = parcel.object(oid) ?? (await readFile(api, oid, parcel.signal));
  if (body.length > 0 && isUtf8(body)) return { content: Buffer.from(body).toString() };
  return { sha: await make(api, makeBlob(body), parcel) };
}

async function make(api: GithubApi, request: RestRequest, { signal }: Parcel): Promise<Oid> {
  const { status, json } = await api.rest({ ...request, allows: [EMPTY_REPOSITORY] }, signal);
  if (status === EMPTY_REPOSITORY) throw emptyRepository(api.address.name);
  return madeIn(json);
}
