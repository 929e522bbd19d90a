/** A snapshot as it goes over the wire, made once however many people look at it. */
import type { ReadModel } from '@gityard/domain';

export interface SnapshotText {
  readonly json: string;
  readonly etag: string;
}

const made = new WeakMap<ReadModel, SnapshotText>();

export function snapshotText(model: ReadModel): SnapshotText {
  const known = made.get(model);
  if (known) return known;
  const text = { json: JSON.stringify(model), etag: `"${model.head}-${model.sequence}"` };
  made.set(model, text);
  return text;
}
