/** Which branches are built, and to which builds of a branch one can go back. */
import { type BranchProfile, branchesFrom, type Rollback, rollbackFrom } from '@gityard/domain';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { type Broken, placeAt, valuesIn } from '../state-files.ts';

export interface BranchesAnswer {
  /** By their names. */
  readonly profiles: readonly BranchProfile[];
  readonly rollbacks: readonly Rollback[];
  readonly broken: readonly Broken[];
}

const CONFIG = 'shared/branches_config.json';

export async function branches(reading: Reading, { at }: { readonly at: string }): Promise<BranchesAnswer> {
  const [config, { values, broken }] = await Promise.all([
    reading.file(placeAt(at), CONFIG),
    valuesIn(reading, { folder: 'shared/rollback', at, validator: rollbackFrom }),
  ]);
  const read = config && branchesFrom(jsonIn(config.bytes));
  return {
    profiles: read?.ok ? profilesIn(read.value.branches) : [],
    rollbacks: values,
    broken: read?.ok === false ? [{ path: CONFIG, reason: read.reason }, ...broken] : broken,
  };
}

/** A profile is known by its key, whatever a person wrote into it as its name. */
const profilesIn = (all: Readonly<Record<string, BranchProfile>>): readonly BranchProfile[] =>
  Object.entries(all)
    .map(([name, profile]) => ({ ...profile, name }))
    .sort((a, b) => a.priority - b.priority || (a.name < b.name ? -1 : 1));
