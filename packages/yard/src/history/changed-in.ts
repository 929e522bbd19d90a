/**
 * The entities that a commit touched, for the audit. It has a reader of its own: where the strict one keeps the last valid
 * version in force, this one still says what the file holds, as long as it is JSON at all.
 */
import type { Changed } from '@gityard/domain';
import type { TreeEntry } from '@gityard/store';
import { placeOf } from '../files/paths.ts';
import type { View } from '../reading/view.ts';

export function changedIn(before: View, { snapshot, state }: View): readonly Changed[] {
  const changed: Changed[] = [];
  for (const { path, after } of snapshot.changesSince(before.snapshot)) {
    const place = placeOf(path);
    if (!place || 'problem' in place) continue;
    const said = state.broken.has(path) ? saidIn(after, snapshot.read) : undefined;
    changed.push({ ...place, removed: after === undefined, said });
  }
  return changed;
}

/** Undefined: a link, or no JSON. Everything else is forgiven here: size, doubled keys, the right to be run. */
export function saidIn(entry: TreeEntry | undefined, read: (oid: string) => Uint8Array | undefined): unknown {
  const bytes = entry?.mode.startsWith('100') ? read(entry.oid) : undefined;
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    // A slip in the syntax says nothing: the version in force stands as it was.
    return undefined;
  }
}
