/** A manifest alone, checked: what a page loads that shows artifacts. Apart from `validate`, so that it does not carry every validator. */

import manifest from '#validators/manifest';
import type { Manifest } from './entities/manifest.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const manifestFrom = (data: unknown): Validated<Manifest> => validateWith<Manifest>(manifest, data);
