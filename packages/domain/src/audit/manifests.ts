/**
 * A manifest says what a build made: it comes with the build's end or by being published, and then it stays as it is; but
 * where its bytes lie may be said later, when a store that was away is back.
 */
import type { Manifest } from '../entities/manifest.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function manifestStays({ id, before, after }: Transition<Manifest>, step: Step): readonly string[] {
  if (!before || sameValue(before, after)) return [];
  if (!after) return has(step, 'archive') ? [] : [`the manifest of ${id} vanished, and not into the archive`];
  if (onlyPlaced(before, after) && placed(step, id)) return [];
  // A job that was tried again ends again, and its holder says what it made.
  if (finished(step, id) && after.token >= before.token) return [];
  return [`the manifest of ${id} was changed`];
}

export function manifestComesByOperation({ id, before, after }: Transition<Manifest>, step: Step): readonly string[] {
  if (before || !after || step.operations.length === 0) return [];
  const published = step.operations.some((it) => it.operation === 'publish-manifest' && it.job === id);
  return published || finished(step, id) ? [] : [`the manifest of ${id} came by no operation that brings one`];
}

const onlyPlaced = (before: Manifest, after: Manifest): boolean => sameValue({ ...before, store: after.store }, after);

const placed = ({ operations }: Step, id: string): boolean =>
  operations.some((it) => it.operation === 'place-artifacts' && it.job === id);

const finished = ({ operations }: Step, id: string): boolean =>
  operations.some((it) => it.operation === 'finish' && it.job === id);
