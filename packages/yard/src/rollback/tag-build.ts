/**
 * Makes a build a point to which its branch can go back: first the tag, then the record of it. Whoever is stopped in between
 * has made a tag that the next try finds and knows again by what it says, so that none is lost and none comes twice.
 */
import { createHash } from 'node:crypto';
import { type Job, type Manifest, type Refused, type RollbackPoint, refuse, rollbackOf } from '@gityard/domain';
import { StoreError, type Transport } from '@gityard/store';
import { type MadeTag, makeTag, readTag } from '../refs/tags.ts';
import { canonicalJson } from '../writing/canonical-json.ts';
import type { Outcome, Yard } from '../yard.ts';
import { tagFieldsOf, tagNameOf } from './tag-words.ts';

export interface TagBuild {
  readonly branch: string;
  /** What was built, or where nobody says it, null. */
  readonly commit: string | null;
  readonly manifest: Manifest;
  /** null: the yard knows only the manifest. */
  readonly job: Job | null;
  readonly by: string;
  /** Of a person, for the history. */
  readonly reason?: string | null;
}

export interface TaggedBuild {
  readonly point: RollbackPoint;
  /** Whether the tag was made just now. */
  readonly made: boolean;
}

export async function tagBuild(yard: Yard, wish: TagBuild): Promise<Outcome<TaggedBuild>> {
  const wanted = pointWanted(wish);
  const known = rollbackOf(yard.state, wish.branch).points.find((it) => it.job === wanted.job);
  const refused = known ? undefined : foretold(yard, wish);
  if (refused) return refused;
  const tagged = await tagFor(yard, wish, known ?? wanted);
  if ('ok' in tagged) return tagged;
  const point = { ...wanted, ...tagged.point };
  const now = yard.now();
  const done = await yard.perform(
    'record-rollback-point',
    { branch: wish.branch, point, now },
    { reason: wish.reason },
  );
  return done.ok ? { ...done, result: { point: done.result, made: tagged.made } } : done;
}

/** All that can be known before there is a tag. */
type Wanted = Omit<RollbackPoint, 'recordedAt' | 'tagObject' | 'target' | 'targetIs' | 'tag'> & Partial<RollbackPoint>;

function pointWanted({ commit, manifest, job, by }: TagBuild): Wanted {
  // Where the bytes are may be said later; what they are stays.
  const { store: _, ...said } = manifest;
  return {
    repository: job?.repository ?? null,
    job: manifest.job,
    agent: manifest.agent,
    commit,
    builtAt: job?.endedAt ?? manifest.createdAt,
    manifestSha256: createHash('sha256').update(canonicalJson(said)).digest('hex'),
    by,
  };
}

/** A tag is not made for what will be refused. */
function foretold(yard: Yard, wish: TagBuild): Refused | undefined {
  const decision = foretellTag(yard, wish);
  // That somebody else has the name is found out when it is made.
  const isName = !decision.ok && decision.refs[0] === tagNameOf(wish.branch, pointWanted(wish).builtAt);
  return decision.ok || isName ? undefined : decision;
}

/** The point as it would be recorded, if its name is free. Makes no tag. */
export function foretellTag(yard: Yard, wish: TagBuild) {
  const wanted = pointWanted(wish);
  const nowhere = '0'.repeat(40);
  const marks = { tagObject: nowhere, target: nowhere, targetIs: 'built-commit' as const };
  const known = rollbackOf(yard.state, wish.branch).points.find((it) => it.job === wanted.job);
  const point = known ?? { ...wanted, ...marks, tag: tagNameOf(wish.branch, wanted.builtAt) };
  return yard.foretell('record-rollback-point', { branch: wish.branch, point, now: yard.now() });
}

type Tagged = {
  readonly point: Pick<RollbackPoint, 'tag' | 'tagObject' | 'target' | 'targetIs'>;
  readonly made: boolean;
};

/** Builds of one branch that ended in the same second take the next ones. */
const MOST_NAMES = 60;

async function tagFor(yard: Yard, wish: TagBuild, wanted: Wanted): Promise<Tagged | ReturnType<typeof refuse>> {
  for (let later = 0; later < MOST_NAMES; later += 1) {
    const tag = wanted.tag ?? tagNameOf(wish.branch, wanted.builtAt, later);
    const tagged = await tryName(yard, { wish, wanted, tag });
    if (tagged) return tagged;
    if (wanted.tag !== undefined) return refuse('CONFLICT', `${tag} is in the repository, and is another tag`, [tag]);
  }
  return refuse('CONFLICT', `too many builds of ${wish.branch} ended at ${wanted.builtAt}`, [wish.branch]);
}

interface Trying {
  readonly wish: TagBuild;
  readonly wanted: Wanted;
  readonly tag: string;
}

/** undefined: the name belongs to another build. */
async function tryName(yard: Yard, trying: Trying): Promise<Tagged | undefined> {
  const { wish, wanted, tag } = trying;
  let refusal = '';
  for (const { target, targetIs } of targetsOf(yard, wanted)) {
    const made = await makeTag(
      yard.transport,
      tagFieldsOf({ branch: wish.branch, point: { ...wanted, tag, target, targetIs } }),
    );
    if (made.sort === 'refused') {
      refusal = made.reason;
      continue;
    }
    if (made.sort === 'taken') return foundAgain(yard.transport, trying, made);
    return { point: { tag, tagObject: made.tagObject, target, targetIs }, made: made.sort === 'made' };
  }
  throw new StoreError('DENIED', `${yard.transport.name} refused the tag ${tag}: ${refusal}`, {
    hint: 'allow tags that begin with build-success- on the server',
  });
}

type Target = Pick<RollbackPoint, 'target' | 'targetIs'>;

/** Not every yard lives in the repository that it builds: what stands for the build there is the commit with its result. */
function targetsOf({ head }: Yard, { commit, target, targetIs }: Wanted): readonly Target[] {
  if (target !== undefined && targetIs !== undefined) return [{ target, targetIs }];
  const built =
    commit !== null && /^[0-9a-f]{40}$/.test(commit) ? [{ target: commit, targetIs: 'built-commit' as const }] : [];
  return [...built, { target: head, targetIs: 'state-commit' }];
}

/** Somebody made it before us, perhaps under another name, or of a later state: it is ours if it speaks of this build. */
async function foundAgain(
  transport: Transport,
  { wanted, tag }: Trying,
  { tagObject }: Extract<MadeTag, { sort: 'taken' }>,
): Promise<Tagged | undefined> {
  const found = await readTag(transport, tag);
  const says = (line: string) => found?.message.split('\n').includes(line);
  if (!found || !says(`Job: ${wanted.job}`) || !says(`Manifest: sha256:${wanted.manifestSha256}`)) return undefined;
  const targetIs = found.object === wanted.commit ? 'built-commit' : 'state-commit';
  return { point: { tag, tagObject, target: found.object, targetIs }, made: false };
}
