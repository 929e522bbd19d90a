/**
 * A program that starts after a file broke has never seen its valid version, and one that was away may have missed the
 * last. Both ask the history, once for each broken file, before anything is decided.
 */
import assert from 'node:assert';
import { applyChanges, type BrokenFile, type EntityChange, quarantineIdOf, type State } from '@gityard/domain';
import type { History, Transport } from '@gityard/store';
import { placeOf } from '../files/paths.ts';
import { type Past, pastOf, pastsIn } from '../history/past.ts';
import { decodeFile } from './decode-file.ts';
import type { View } from './view.ts';

export interface Where {
  readonly transport: Transport;
  readonly ref: string;
  readonly signal?: AbortSignal | undefined;
}

export const lacksPast = ({ state }: View): boolean => unasked(state).length > 0;

/** The same view, with the last valid version of each broken file in force. Throws StoreError. */
export async function withPast(view: View, { transport, ref, signal }: Where): Promise<View> {
  const paths = unasked(view.state).map((it) => it.path);
  return withPasts(view, await pastOf({ transport, ref, commit: view.snapshot.commit, paths, signal }));
}

/** The same, where the history was read already. */
export function withPastIn(view: View, history: History): View {
  const paths = unasked(view.state).map((it) => it.path);
  return paths.length === 0 ? view : withPasts(view, pastsIn(history, { commit: view.snapshot.commit, paths }));
}

const withPasts = (view: View, pasts: ReadonlyMap<string, Past>): View =>
  unasked(view.state).reduce((done, file) => explained(done, file, pasts.get(file.path)), view);

/** Where nothing can stand nothing was ever valid, and what was judged without a valid version needs no second look. */
function unasked({ broken, quarantine }: State): BrokenFile[] {
  return [...broken].filter((file) => {
    const place = placeOf(file.path);
    if (file.past || !place || 'problem' in place || place.kind === 'quarantine') return false;
    return quarantine.get(quarantineIdOf(file))?.restored !== false;
  });
}

function explained(view: View, file: BrokenFile, past: Past | undefined): View {
  // Somebody rewrote the history meanwhile: the next look sees another commit.
  if (!past) return view;
  const { author, at: brokenAt, lastValid } = past;
  const known = { ...file, past: { author, brokenAt, restorable: lastValid !== null } };
  const state = applyChanges(view.state, [inForce(file.path, lastValid)]);
  return {
    ...view,
    state: { ...state, broken: state.broken.with(file.path, known) },
    lastValid: lastValid ? new Map(view.lastValid).set(file.path, lastValid) : view.lastValid,
  };
}

function inForce(path: string, lastValid: Uint8Array | null): EntityChange {
  const place = placeOf(path);
  assert(place && !('problem' in place), `${path} holds no entity`);
  if (!lastValid) return { ...place, value: null } as EntityChange;
  const decoded = decodeFile({ path, mode: '100644', oid: '' }, lastValid);
  assert(decoded.sort === 'entity', `${path} was valid and is not any more`);
  return { ...place, value: decoded.value } as EntityChange;
}
