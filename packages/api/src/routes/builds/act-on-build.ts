/** What the endpoints share that change a build: the command is done once under its key, and the build is told of as it is then. */
import { type CommandWish, closed, endedWords, type Job } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BuildDesk, CommandDesk, Commander } from '../../options.ts';
import { type Problem, sendProblem } from '../../problem.ts';
import { Receipts } from '../../receipts.ts';
import { text } from '../../schemas.ts';
import { failedBy, refusedBy } from './refused.ts';

export const reason = { ...text, maxLength: 1_000, description: 'why, for the history' } as const;
/** Nothing need be said. */
export const WITH_REASON = { ...closed({ reason }, []), type: ['object', 'null'] } as const;
export const REFUSED = {
  description:
    'A rule stands against it, such as that the build has ended; several builds begin with that id; or the key was used for something else.',
};

export interface Desks {
  readonly builds: BuildDesk;
  readonly desk: CommandDesk;
}

interface Acting {
  readonly id: string;
  readonly op: CommandWish['op'];
  readonly args: Readonly<Record<string, unknown>>;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  answer(job: Job): FastifyReply;
}

export function actor({ builds, desk }: Desks): (acting: Acting) => Promise<FastifyReply> {
  const receipts = new Receipts();
  return async ({ id, op, args, request, reply, answer }) => {
    const found = builds.find(id);
    if (!found.ok) return sendProblem(reply, refusedBy(found));
    const target = found.value.id;
    const { caller, headers } = request;
    const wish: CommandWish = { op, target, args: { ...args }, if: {} };
    const prepare = () => desk.prepare(wish, caller ?? NOBODY);
    const key = headers['idempotency-key'];
    const taken =
      typeof key === 'string'
        ? receipts.take({ key: `${caller?.id} ${key}`, body: JSON.stringify(wish), prepare })
        : prepare()();
    if (!taken) return sendProblem(reply, USED_KEY);
    const outcome = await taken;
    if (outcome.state === 'failed') return sendProblem(reply, failedBy(outcome));
    // What the state does not know although we found it lies in the archive.
    if (outcome.state === 'refused')
      return sendProblem(reply, outcome.code === 'NOT_FOUND' ? archived(found.value) : refusedBy(outcome));
    const after = builds.find(target);
    return answer(after.ok ? after.value : found.value);
  };
}

const archived = ({ id, status }: Job): Problem => ({
  status: 409,
  code: 'ALREADY_FINISHED',
  detail: `build ${id} ${endedWords(status)} and lies in the archive; ask for a new one`,
});

/** No endpoint that changes something lets one in whom it does not know. */
const NOBODY: Commander = { name: '', namespaces: [] };
const USED_KEY: Problem = {
  status: 409,
  code: 'CONFLICT',
  detail: 'that idempotency key was used for something else',
};
