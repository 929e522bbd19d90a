/** A sign of life, checked: what a page asks for by itself. Apart from `validate`, so that a page carries no other validator. */

import heartbeat from '#validators/heartbeat';
import type { Heartbeat } from './entities/heartbeat.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const heartbeatFrom = (data: unknown): Validated<Heartbeat> => validateWith<Heartbeat>(heartbeat, data);
