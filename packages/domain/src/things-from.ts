/** Single kinds of files, each checked by its own validator: what a page asks for one at a time, so that it carries no other. */

import attestation from '#validators/attestation';
import branches from '#validators/branches';
import lock from '#validators/lock';
import message from '#validators/message';
import rollback from '#validators/rollback';
import type { Attestation } from './entities/attestation.ts';
import type { BranchProfiles } from './entities/branch-profiles.ts';
import type { Lock } from './entities/lock.ts';
import type { Message } from './entities/message.ts';
import type { Rollback } from './entities/rollback.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const attestationFrom = (data: unknown): Validated<Attestation> => validateWith<Attestation>(attestation, data);
export const branchesFrom = (data: unknown): Validated<BranchProfiles> => validateWith<BranchProfiles>(branches, data);
export const lockFrom = (data: unknown): Validated<Lock> => validateWith<Lock>(lock, data);
export const messageFrom = (data: unknown): Validated<Message> => validateWith<Message>(message, data);
export const rollbackFrom = (data: unknown): Validated<Rollback> => validateWith<Rollback>(rollback, data);
