/**
 * What the answers of GitHub's API hold, as far as we read them. An answer may come from anywhere, so nothing is taken
 * on trust: a field that is not what it should be ends in one error that names it.
 */
import { isOid, type Oid } from '../../codec/oid.ts';
import type { TreeRow } from '../../codec/tree.ts';
import { StoreError } from '../../errors.ts';
import type { GraphqlError } from './failures.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
type JsonObject = Extract<Json, { readonly [name: string]: Json }>;

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

export function graphqlErrorsIn(json: JsonObject): GraphqlError[] {
  const { errors } = json;
  return Array.isArray(errors)
    ? errors.map((it: Json) => ({ type: text(at(it, 'type')), message: text(at(it, 'message')) }))
    : [];
}

export interface Ref {
  readonly ref: string;
  readonly oid: Oid;
}

export const refIn = (json: Json | undefined): Ref => ({
  ref: text(at(json, 'ref')),
  oid: oid(at(at(json, 'object'), 'sha'), 'object.sha'),
});

export const refsIn = (json: Json | undefined): Ref[] => list(json, 'refs').map(refIn);

/** Of what was just made. */
export const madeIn = (json: Json | undefined): Oid => oid(at(json, 'sha'), 'sha');

export interface ListedEntry extends TreeRow {
  /** Of the folder, without a slash at its end; empty at the top. */
  readonly folder: string;
  readonly sizeBytes: number | undefined;
}

/** All below one tree, by their paths. Whether it is all of it is found out by hashing. */
export function listedIn(json: Json | undefined): ListedEntry[] {
  return list(at(json, 'tree'), 'tree').map((it) => {
    const path = text(at(it, 'path'));
    const slash = path.lastIndexOf('/');
    const size = at(it, 'size');
    return {
      folder: path.slice(0, Math.max(0, slash)),
      name: path.slice(slash + 1),
      // As trees have it: without the zero before a folder's mode.
      mode: text(at(it, 'mode')).replace(/^0+/, ''),
      oid: oid(at(it, 'sha'), 'tree.sha'),
      sizeBytes: typeof size === 'number' ? size : undefined,
    };
  });
}

export function rowsIn(json: Json | undefined): TreeRow[] {
  return list(at(json, 'entries'), 'entries').map((it) => {
    const rawName = Buffer.from(text(at(it, 'nameRaw')), 'base64');
    return {
      mode: number(at(it, 'mode'), 'mode').toString(8),
      name: rawName.toString(),
      rawName,
      oid: oid(at(it, 'oid'), 'oid'),
    };
  });
}

export const contentIn = (json: Json | undefined): Uint8Array =>
  new Uint8Array(Buffer.from(text(at(json, 'content')), 'base64'));

export interface BlobText {
  readonly sizeBytes: number;
  /** undefined: it is no text, or too long to be told whole. */
  readonly text: string | undefined;
}

export function blobTextIn(json: Json | undefined): BlobText {
  const content = at(json, 'text');
  const isWhole = at(json, 'isTruncated') !== true && at(json, 'isBinary') !== true;
  return {
    sizeBytes: number(at(json, 'byteSize'), 'byteSize'),
    text: isWhole && typeof content === 'string' ? content : undefined,
  };
}

/** The commit that was made on a branch; undefined: none, or nothing that can be trusted. */
export function landedIn(json: Json | undefined): { commit: Oid; tree: Oid } | undefined {
  const made = at(at(json, 'createCommitOnBranch'), 'commit');
  const [commit, tree] = [text(at(made, 'oid')), text(at(at(made, 'tree'), 'oid'))];
  return isOid(commit) && isOid(tree) ? { commit, tree } : undefined;
}

/** Of many objects that were asked for in one request, by their place in it. */
export const objectIn = (json: Json | undefined, index: number): Json | undefined => at(json, `o${index}`);

export const at = (json: Json | undefined, name: string): Json | undefined => (isObject(json) ? json[name] : undefined);

export const text = (json: Json | undefined): string => (typeof json === 'string' ? json : '');

export function list(json: Json | undefined, field: string): readonly Json[] {
  if (Array.isArray(json)) return json;
  throw malformed(field);
}

export function oid(json: Json | undefined, field: string): Oid {
  if (typeof json === 'string' && isOid(json)) return json;
  throw malformed(field);
}

function number(json: Json | undefined, field: string): number {
  if (typeof json === 'number') return json;
  throw malformed(field);
}

function malformed(field: string): StoreError {
  return new StoreError('REMOTE_INVALID', `GitHub’s API answered without a valid "${field}"`, {
    hint: 'check the address; a server that is much older may not know what was asked',
  });
}
