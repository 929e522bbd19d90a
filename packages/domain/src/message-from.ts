/** A message's file alone, checked. Apart from `validate`, so that a page does not carry every validator. */

import message from '#validators/message';
import type { Message } from './entities/message.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const messageFrom = (data: unknown): Validated<Message> => validateWith<Message>(message, data);
