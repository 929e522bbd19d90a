/** The file of the branch profiles alone, checked. Apart from `validate`, so that a page does not carry every validator. */

import branches from '#validators/branches';
import type { BranchProfiles } from './entities/branch-profiles.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const branchesFrom = (data: unknown): Validated<BranchProfiles> => validateWith<BranchProfiles>(branches, data);
