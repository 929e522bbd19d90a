/**
 * Annotated tags in a repository: made where there is none of that name, and removed only as they were made. Told twice, both
 * have their effect once. Knows nothing of what a tag is for.
 */
import {
  decodeTag,
  encodeTag,
  isRefName,
  makeObject,
  StoreError,
  type TagFields,
  type Transport,
} from '@gityard/store';
import { unansweredPush } from '../compact/keep-head.ts';

const TAGS = 'refs/tags/';

export type MadeTag =
  | { readonly sort: 'made' | 'there'; readonly tagObject: string }
  /** The name belongs to another tag. */
  | { readonly sort: 'taken'; readonly tagObject: string }
  | { readonly sort: 'refused'; readonly reason: string };

export async function makeTag(transport: Transport, fields: TagFields): Promise<MadeTag> {
  const ref = refOf(transport, fields.tag);
  const tag = makeObject('tag', encodeTag(fields));
  const outcome = await transport.push({ updates: [{ ref, expected: null, next: tag.oid }], objects: [tag] });
  const answer = outcome.kind === 'answered' ? outcome.refs.get(ref) : undefined;
  if (answer?.ok) return { sort: 'made', tagObject: tag.oid };
  if (answer?.sort === 'refused') {
    // Some servers look at the objects before the name: a tag that is there already is no refusal.
    const found = await tagNamed(transport, fields.tag);
    return found === undefined ? { sort: 'refused', reason: answer.reason } : foundAs(found, tag.oid);
  }
  const found = await tagNamed(transport, fields.tag);
  if (found !== undefined) return foundAs(found, tag.oid);
  if (outcome.kind === 'unclear') throw unansweredPush(transport, outcome);
  throw new StoreError('CONFLICT', `${ref} was made and removed by somebody else`, { hint: 'try again' });
}

const foundAs = (found: string, wanted: string): MadeTag => ({
  sort: found === wanted ? 'there' : 'taken',
  tagObject: found,
});

async function tagNamed(transport: Transport, tag: string): Promise<string | undefined> {
  return (await readTags(transport, tag)).get(tag);
}

/** By their names, those that begin so. */
export async function readTags(transport: Transport, prefix: string): Promise<ReadonlyMap<string, string>> {
  const refs = await transport.readRefs([`${TAGS}${prefix}`]);
  return new Map([...refs].map(([ref, oid]) => [ref.slice(TAGS.length), oid]));
}

/** What the tag says; undefined: it is none that has a message, or gone. Fetches what it names, one commit deep. */
export async function readTag(transport: Transport, tag: string): Promise<TagFields | undefined> {
  const { head, objects } = await transport.fetchRef({ ref: refOf(transport, tag), have: [], depth: 1 });
  const object = objects.find((it) => it.oid === head);
  return object?.type === 'tag' ? decodeTag(object.body) : undefined;
}

export interface RemovedTags {
  /** Gone now, or before. */
  readonly gone: readonly string[];
  readonly kept: readonly { readonly tag: string; readonly reason: string }[];
}

/** @param tags by their names, what each must still be */
export async function removeTags(transport: Transport, tags: ReadonlyMap<string, string>): Promise<RemovedTags> {
  if (tags.size === 0) return { gone: [], kept: [] };
  const there = await readTags(transport, '');
  const updates = [...tags].flatMap(([tag, expected]) =>
    there.get(tag) === expected ? [{ ref: refOf(transport, tag), expected, next: null }] : [],
  );
  if (updates.length > 0) {
    const outcome = await transport.push({ updates, objects: [] });
    if (outcome.kind === 'unclear') throw unansweredPush(transport, outcome);
  }
  const left = updates.length > 0 ? await readTags(transport, '') : there;
  const names = [...tags.keys()];
  return {
    gone: names.filter((it) => !left.has(it)),
    kept: names
      .filter((it) => left.has(it))
      .map((tag) => ({ tag, reason: keptBecause(left.get(tag) === tags.get(tag)) })),
  };
}

const keptBecause = (isSame: boolean): string =>
  isSame ? 'the repository refused to remove it' : 'somebody has moved it';

/** Through an API that makes commits itself no object of ours arrives. */
function refOf({ makesCommits, name }: Transport, tag: string): string {
  if (makesCommits)
    throw new StoreError('DENIED', `no tags can be made at ${name}: GitHub\u2019s API is used for commits alone`, {
      hint: 'use the address of the Git repository (https://github.com/owner/repo.git) with --yard',
    });
  const ref = `${TAGS}${tag}`;
  if (isRefName(ref)) return ref;
  throw new StoreError('REMOTE_INVALID', `${JSON.stringify(tag)} is no name of a tag`, { hint: 'name it otherwise' });
}
