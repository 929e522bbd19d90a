/**
 * Epochs of a yard: the history up to a cut, kept under a ref of its own, and the file in which the next one says what it
 * goes on from. What is believed of that is proven by the store; here is only where it stands.
 */
import type { Epoch } from '@gityard/domain';
import type { Predecessor, PredecessorOf, Snapshot } from '@gityard/store';
import { pathOf } from '../files/paths.ts';
import { decodeFile } from '../reading/decode-file.ts';

/** No branch: neither clones nor pulls fetch what lies here, and no host takes it for somebody's work. */
const EPOCHS = 'refs/gityard/epochs/';
export const EPOCH_PATH = pathOf('epoch', 'epoch');

export const epochRef = (epoch: number): string => `${EPOCHS}${epoch}`;
export const EPOCH_REFS: readonly string[] = [EPOCHS];

export function epochOfRef(ref: string): number | undefined {
  const name = ref.startsWith(EPOCHS) ? ref.slice(EPOCHS.length) : '';
  return /^(0|[1-9]\d{0,8})$/.test(name) ? Number(name) : undefined;
}

function epochIn(snapshot: Snapshot): Epoch | null {
  const entry = snapshot.entry(EPOCH_PATH);
  const decoded = entry && decodeFile(entry, snapshot.read(entry.oid));
  return decoded?.sort === 'entity' && decoded.kind === 'epoch' ? decoded.value : null;
}

export const predecessorOf: PredecessorOf = (first): Predecessor | undefined => {
  const epoch = epochIn(first);
  return epoch ? { head: epoch.previousHead, ref: epochRef(epoch.epoch - 1), file: EPOCH_PATH } : undefined;
};
