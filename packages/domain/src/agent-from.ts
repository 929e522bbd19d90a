/** The registration of an agent, checked: what a page asks for by itself. Apart from `validate`, so that a page carries no other validator. */

import agent from '#validators/agent';
import type { Agent } from './entities/agent.ts';
import { type Validated, validateWith } from './validate-with.ts';

export const agentFrom = (data: unknown): Validated<Agent> => validateWith<Agent>(agent, data);
