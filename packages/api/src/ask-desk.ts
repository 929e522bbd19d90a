/** Asks the desk for what an endpoint stands for, once for each `Idempotency-Key` of a caller. */
import { createHash } from 'node:crypto';
import type { CommandWish, JobWish } from '@gityard/domain';
import type { FastifyRequest } from 'fastify';
import type { CommandDesk, Commander, CommandOutcome } from './desks.ts';
import { keyedId } from './keyed-id.ts';
import type { Problem } from './problem.ts';
import { Receipts } from './receipts.ts';
import { failedBy, refusedBy } from './refused.ts';

interface AskDesk {
  readonly wish: CommandWish | JobWish;
  readonly request: FastifyRequest;
  /** By what the same request is known again; else by its wish. */
  readonly known?: unknown;
}

/** No endpoint that changes something lets one in whom it does not know. */
export const commanderIn = ({ caller }: FastifyRequest): Commander => caller ?? { name: '', namespaces: [] };

/** undefined: the key was used for something else. */
export function deskAsker(desk: CommandDesk): (asked: AskDesk) => Promise<CommandOutcome> | undefined {
  const receipts = new Receipts();
  return ({ wish, request, known = wish }) => {
    const [id, of] = [keyedId(request, 'command'), digestOf(known)];
    if (id === undefined) return desk.prepare(wish, commanderIn(request))();
    return receipts.take({ key: id, of, prepare: () => desk.prepare(wish, commanderIn(request), { id, of }) });
  };
}

const digestOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 16);

/** undefined: it is done. */
export function problemOf(outcome: CommandOutcome | undefined): Problem | undefined {
  if (outcome === undefined) return USED_KEY;
  if (outcome.state === 'applied') return undefined;
  return outcome.state === 'refused' ? refusedBy(outcome) : failedBy(outcome);
}

export const USED_KEY: Problem = {
  status: 409,
  code: 'CONFLICT',
  detail: 'that idempotency key was used for something else',
};
