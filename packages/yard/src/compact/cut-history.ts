/**
 * Cuts the history of the state branch: the old head is kept under the ref of its epoch, and a commit without a parent
 * that has the same files takes its place. Whatever stops it in between, the next run goes on from there, and of two that
 * do it at once the compare-and-swap on the branch lets one win.
 */
import { type Epoch, operationsOf, type State } from '@gityard/domain';
import { type HistoryCommit, openStore, type Ports, type Snapshot, type Store, StoreError } from '@gityard/store';
import { readHeads } from '../history/heads.ts';
import { viewOf } from '../reading/view.ts';
import { canonicalBytes } from '../writing/canonical-json.ts';
import { COMPACT, epochMessage, operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { EPOCH_PATH, epochRef, predecessorOf } from './epochs.ts';
import { keepHead } from './keep-head.ts';

export interface Cut {
  readonly epoch: number;
  /** The first commit of the new epoch. */
  readonly commit: string;
  readonly previousHead: string;
  /** Since the yard began. */
  readonly commits: number;
  readonly operations: number;
}

export interface Cutting {
  readonly reason?: string | null | undefined;
  readonly ports?: Ports | undefined;
}

/** Each is lost to one who wrote meanwhile; whoever writes so much has no time for this. */
const TRIES = 20;

/** Null: there is nothing to cut, or somebody else did it just now. Throws StoreError. */
export async function cutHistory(yard: Yard, { reason = null, ports }: Cutting = {}): Promise<Cut | null> {
  const store = storeOf(yard, ports);
  try {
    const { epoch: begun } = state(await store.refresh());
    // The long look comes before the tries: what is written meanwhile is few commits, and quickly read.
    let known = await lineOf(yard, undefined);
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const base = await store.refresh();
      const { epoch } = state(base);
      if (epoch?.epoch !== begun?.epoch) return null;
      known = await lineTo(base, known, yard);
      if (known.length <= 1) return null;
      if (!epoch && isCut(known)) throw lostEpoch(yard);
      const cut = await tryOnce(yard, { store, base, known, reason }).catch(unlessMoved);
      if (cut) return cut;
    }
    throw new StoreError('CONFLICT', `${yard.refs.state} moved ${TRIES} times while its history was to be cut`, {
      hint: 'try again when fewer write at the same time',
    });
  } finally {
    await store.close();
  }
}

interface Try {
  readonly store: Store<never, never>;
  readonly base: Snapshot;
  readonly known: readonly HistoryCommit[];
  readonly reason: string | null;
}

async function tryOnce({ transport, actor, boot }: Yard, { store, base, known, reason }: Try): Promise<Cut> {
  const { epoch, actors } = state(base);
  const number = (epoch?.epoch ?? 0) + 1;
  const next: Epoch = {
    schemaVersion: 1,
    epoch: number,
    previousHead: base.commit,
    previousTree: base.tree,
    commits: (epoch?.commits ?? 0) + known.length,
    operations: operationsOf({ actors }),
  };
  await keepHead(transport, { ref: epochRef(number - 1), head: base.commit, line: known });
  const edits = [{ path: EPOCH_PATH, content: canonicalBytes(next) }];
  const author = { name: actor, email: `${actor}@gityard.invalid` };
  const message = epochMessage(number, { actor, boot, reason });
  const { commit } = await store.replace(base, { edits, message, author });
  const { previousHead, commits, operations } = next;
  return { epoch: number, commit, previousHead, commits, operations };
}

function unlessMoved(error: unknown): undefined {
  if (error instanceof StoreError && error.code === 'CONFLICT' && !error.mayHaveLanded) return undefined;
  throw error;
}

/** The heads of this epoch, oldest first; what lies before its cut is not looked at. */
async function lineOf({ transport, refs }: Yard, depth: number | undefined): Promise<readonly HistoryCommit[]> {
  return (await readHeads(transport, refs.state, { epochs: 'last', depth })).commits;
}

const FEW = 50;

/** The line that ends with that commit: what was known, and the few that came after. */
async function lineTo({ commit }: Snapshot, known: readonly HistoryCommit[], yard: Yard) {
  const isKnown = known.findIndex((it) => it.oid === commit);
  if (isKnown >= 0) return known.slice(0, isKnown + 1);
  const recent = await lineOf(yard, FEW);
  const meet = recent.findIndex((it) => it.oid === known.at(-1)?.oid);
  const line = meet >= 0 ? [...known, ...recent.slice(meet + 1)] : await lineOf(yard, undefined);
  return line.slice(0, line.findIndex((it) => it.oid === commit) + 1);
}

function storeOf({ transport, refs }: Yard, ports: Ports | undefined): Store<never, never> {
  const compose = () => ({ edits: [], message: '', author: { name: '', email: '' }, answers: [] });
  return openStore({ transport, ref: refs.state, predecessorOf, compose, ports });
}

const isCut = ([first]: readonly HistoryCommit[]): boolean =>
  operationsIn(first?.message ?? '').some((it) => it.operation === COMPACT);

/** Without it the next cut would be numbered as if there had been none, and readers would not find what lies before. */
function lostEpoch({ refs }: Yard): StoreError {
  return new StoreError('REMOTE_INVALID', `${EPOCH_PATH} cannot be read, although ${refs.state} was cut before`, {
    hint: `bring it back as it was: git log -p ${refs.state} -- ${EPOCH_PATH}`,
  });
}

const state = (snapshot: Snapshot): State => viewOf(snapshot, undefined).state;
