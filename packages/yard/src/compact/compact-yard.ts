/** Keeps a yard small: the archive first, then the history, then the epochs that were cut from it. What `gityard compact` does. */
import type { Refused } from '@gityard/domain';
import type { Ports } from '@gityard/store';
import type { Yard } from '../yard.ts';
import { type Cut, cutHistory } from './cut-history.ts';
import { bundleEpochs, dropEpochs, type KeptEpoch, keptEpochs, type WrittenBundle } from './epoch-refs.ts';
import { type Tidied, tidy } from './tidy.ts';

export interface CompactYard {
  readonly now: string;
  readonly reason?: string | null;
  /** How many former epochs stay in the repository; all, when left out. Whoever asks sees to it that the others are kept. */
  readonly keepEpochs?: number | undefined;
  /** Where every epoch is written to, before any goes. */
  readonly bundleFolder?: string | undefined;
  readonly ports?: Ports | undefined;
}

export interface Compacted {
  readonly ok: true;
  readonly archive: Tidied;
  /** null: there was nothing to cut. */
  readonly cut: Cut | null;
  readonly bundles: readonly WrittenBundle[];
  readonly dropped: readonly number[];
}

export async function compactYard(yard: Yard, options: CompactYard): Promise<Compacted | Refused> {
  const { now, reason, keepEpochs, bundleFolder, ports } = options;
  const archive = await tidy(yard, { now, reason });
  if ('ok' in archive) return archive;
  const cut = await cutHistory(yard, { reason, ports });
  const bundles = bundleFolder === undefined ? [] : await bundleEpochs(yard.transport, bundleFolder);
  const dropped = await dropEpochs(yard.transport, overdueEpochs(await keptEpochs(yard.transport), keepEpochs));
  return { ok: true, archive, cut, bundles, dropped };
}

export function overdueEpochs(kept: readonly KeptEpoch[], keep = Number.POSITIVE_INFINITY): readonly KeptEpoch[] {
  return kept.slice(0, Math.max(0, kept.length - keep));
}
