/**
 * A yard that was saved becomes one again, in a repository that has none, or in the place of one that is damaged. All of it is put
 * together and audited before the repository is touched. Its first act is `note-restore`, in the same push: nobody ever sees the
 * saved state without it.
 */
import type { Refused } from '@gityard/domain';
import { encodeTag, MemoryRemote, makeObject, type RefUpdate, StoreError, type Transport } from '@gityard/store';
import { EPOCH_REFS } from '../compact/epochs.ts';
import { unansweredPush } from '../compact/keep-head.ts';
import { createYard } from '../create-yard.ts';
import { type AuditReport, auditYard } from '../history/audit.ts';
import { openYard } from '../open-yard.ts';
import type { Refs } from '../options.ts';
import { tagFieldsOf } from '../rollback/tag-words.ts';
import type { Yard } from '../yard.ts';

export interface RestoreYard {
  /** The bundles, as a remote. */
  readonly source: Transport;
  readonly refs: Refs;
  /** Its id, for the history. */
  readonly backup: string;
  readonly actor: string;
  readonly reason: string | null;
}

/** A yard that waits in memory to be pushed. */
export interface PreparedYard {
  readonly ok: true;
  readonly remote: MemoryRemote;
  readonly yard: Yard;
  readonly audit: AuditReport;
  readonly tokensAbove: number;
}

/** Throws StoreError. Whoever asks closes its yard. */
export async function prepareYard(options: RestoreYard): Promise<PreparedYard | Refused> {
  const { source, refs, backup, actor, reason } = options;
  const remote = new MemoryRemote();
  for (const [ref, head] of await source.readRefs([refs.state, refs.logs, ...EPOCH_REFS])) {
    const { objects } = await source.fetchRef({ ref, have: [] });
    for (const object of objects) remote.objects.set(object.oid, object);
    remote.refs.set(ref, head);
  }
  if (!remote.refs.has(refs.state))
    throw new StoreError('REMOTE_INVALID', `${source.name} holds no ${refs.state}`, { hint: 'choose another backup' });
  // Heartbeats begin anew, and so do logs where there were none.
  await createYard({ address: remote.transport(), actor, refs });
  const yard = openYard({ address: remote.transport(), actor, refs });
  await yard.refresh();
  const noted = await yard.perform('note-restore', { backup, reason, now: yard.now() }, { reason });
  if (!noted.ok) return noted;
  const { tokensAbove } = noted.result;
  return { ok: true, remote, yard, tokensAbove, audit: await auditYard(yard) };
}

export interface PlaceYard {
  readonly target: Transport;
  /** Also where there is a yard: its heads are kept below that name, `refs/gityard/replaced/<name>/`. */
  readonly replacing?: string | undefined;
}

export interface PlacedYard {
  readonly head: string;
  readonly refs: readonly string[];
  /** Where the heads lie that stood there before. */
  readonly replaced: readonly string[];
  readonly tags: readonly string[];
  /** Tags of commits that are no part of a yard: of the projects that were built. */
  readonly tagsLeft: readonly string[];
}

/** Throws CONFLICT where there is a yard already, DENIED when the repository refuses. */
export async function placeYard({ remote, yard }: PreparedYard, { target, replacing }: PlaceYard): Promise<PlacedYard> {
  const { refs } = yard;
  const names = [...remote.refs.keys()];
  const there = await target.readRefs(names);
  const taken = names.filter((ref) => isTaken(ref, there.get(ref), remote));
  if (replacing === undefined && taken.length > 0)
    throw new StoreError('CONFLICT', `${target.name} has ${taken.join(', ')} already`, {
      hint: 'restore into an empty repository; --force with --reason replaces a damaged yard and keeps its heads',
    });
  const replaced = replacing === undefined ? [] : await keepHeads(target, { taken, there, name: replacing });
  const moves = names
    .filter((ref) => there.get(ref) !== remote.refs.get(ref))
    .map((ref): RefUpdate => ({ ref, expected: there.get(ref) ?? null, next: remote.refs.get(ref) ?? null }));
  // The state comes last: whoever sees it sees all that it speaks of.
  await push(target, { updates: moves.filter((it) => it.ref !== refs.state), objects: [...remote.objects.values()] });
  await push(target, { updates: moves.filter((it) => it.ref === refs.state), objects: [...remote.objects.values()] });
  return { head: yard.head, refs: names, replaced, ...(await placeTags(target, yard, remote)) };
}

/** What an interrupted run has left there is no hindrance. */
const isTaken = (ref: string, head: string | undefined, { refs }: MemoryRemote): boolean =>
  head !== undefined && head !== refs.get(ref);

interface Keeping {
  readonly taken: readonly string[];
  readonly there: ReadonlyMap<string, string>;
  readonly name: string;
}

/** What is damaged may be what a head names: then nothing can name it again, and nothing is lost by that. */
async function keepHeads(target: Transport, { taken, there, name }: Keeping): Promise<string[]> {
  const kept: string[] = [];
  for (const of of taken) {
    const ref = `refs/gityard/replaced/${name}/${of.slice('refs/'.length)}`;
    const outcome = await target.push({ updates: [{ ref, expected: null, next: there.get(of) ?? null }], objects: [] });
    if (outcome.kind === 'unclear') throw unansweredPush(target, outcome);
    if (outcome.refs.get(ref)?.ok) kept.push(ref);
  }
  return kept;
}

async function push(target: Transport, request: Parameters<Transport['push']>[0]): Promise<void> {
  if (request.updates.length === 0) return;
  const outcome = await target.push(request);
  if (outcome.kind === 'unclear') throw unansweredPush(target, outcome);
  for (const [ref, it] of outcome.refs)
    if (!it.ok)
      throw new StoreError(
        it.sort === 'conflict' ? 'CONFLICT' : 'DENIED',
        `${target.name} did not take ${ref}: ${it.reason}`,
        { hint: 'see that nobody else writes there, and that the server takes such refs; then try again' },
      );
}

/** A tag follows from what its rollback point says: made again it is the same object. */
async function placeTags(target: Transport, { state }: Yard, { objects }: MemoryRemote) {
  const points = [...state.rollbacks].flatMap(({ branch, points }) => points.map((point) => ({ branch, point })));
  const tags = points.flatMap((it) => {
    const object = makeObject('tag', encodeTag(tagFieldsOf(it)));
    return object.oid === it.point.tagObject && objects.has(it.point.target) ? [{ tag: it.point.tag, object }] : [];
  });
  const there = await target.readRefs(tags.map(({ tag }) => `refs/tags/${tag}`));
  const missing = tags.filter(({ tag }) => !there.has(`refs/tags/${tag}`));
  const updates = missing.map(({ tag, object }) => ({ ref: `refs/tags/${tag}`, expected: null, next: object.oid }));
  await push(target, { updates, objects: missing.map(({ object }) => object) });
  const made = new Set(tags.map(({ tag }) => tag));
  return { tags: [...made], tagsLeft: points.map(({ point }) => point.tag).filter((tag) => !made.has(tag)) };
}
