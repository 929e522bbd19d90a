/** An attestation's file alone, checked. Apart from `validate`, so that a page does not carry every validator. */

import attestation from '#validators/attestation';
import type { Attestation } from './entities/attestation.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const attestationFrom = (data: unknown): Validated<Attestation> => validateWith<Attestation>(attestation, data);
