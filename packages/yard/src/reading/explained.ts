/**
 * A broken file with what the history tells of it: who broke it and when, and its last valid version, which stays in force.
 * Needs neither a store nor Node.
 */
import { applyChanges, type BrokenFile, type EntityChange, quarantineIdOf, type State } from '@gityard/domain';
import { type Place, placeOf } from '../files/paths.ts';
import type { Past } from '../history/past.ts';
import { decodeFile } from './decode-file.ts';

/** Where nothing can stand nothing was ever valid, and what was judged without a valid version needs no second look. */
export function unasked({ broken, quarantine }: State): readonly BrokenFile[] {
  return [...broken].filter((file) => {
    const place = placeOf(file.path);
    if (file.past || !place || 'problem' in place || place.kind === 'quarantine') return false;
    return quarantine.get(quarantineIdOf(file))?.restored !== false;
  });
}

/** Without a past: somebody rewrote the history meanwhile, and the next look sees another commit. */
export function explained(state: State, file: BrokenFile, past: Past | undefined): State {
  const place = placeOf(file.path);
  if (!past || !place || 'problem' in place) return state;
  const { author, at: brokenAt, lastValid } = past;
  const known = { ...file, past: { author, brokenAt, restorable: lastValid !== null } };
  const { broken, ...rest } = applyChanges(state, [inForce(place, file.path, lastValid)]);
  return { ...rest, broken: broken.with(file.path, known) };
}

/** Whether a file says there what it may say. */
export const isValid = (path: string, bytes: Uint8Array): boolean =>
  decodeFile({ path, mode: '100644', oid: '' }, bytes).sort === 'entity';

function inForce(place: Place, path: string, lastValid: Uint8Array | null): EntityChange {
  const decoded = lastValid && decodeFile({ path, mode: '100644', oid: '' }, lastValid);
  return { ...place, value: decoded?.sort === 'entity' ? decoded.value : null } as EntityChange;
}
