/** Two builds side by side. Only digests and sizes are known here: why two files differ, their bytes alone can tell. */
import { type Comparison, compareManifests } from '@gityard/domain';
import type { Reading } from '../question.ts';
import { type Build, build } from './build.ts';

export interface ComparisonAsked {
  readonly left: string;
  readonly right: string;
  readonly at: string;
}

export interface Compared {
  /** null: nothing is known under that id. */
  readonly left: Build | null;
  readonly right: Build | null;
  /** null: one of them left no manifest. */
  readonly comparison: Comparison | null;
}

export async function comparison(reading: Reading, { left: a, right: b, at }: ComparisonAsked): Promise<Compared> {
  const [left, right] = await Promise.all([build(reading, { id: a, at }), build(reading, { id: b, at })]);
  const both = left?.manifest && right?.manifest;
  return { left, right, comparison: both ? compareManifests(left.manifest, right.manifest) : null };
}
