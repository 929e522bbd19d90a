/** What the endpoints share that change a build: the command is done once under its key, and the build is told of as it is then. */
import { type CommandWish, closed, endedWords, type Job } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { deskAsker, problemOf } from '../../ask-desk.ts';
import type { BuildDesk, CommandDesk } from '../../options.ts';
import { type Problem, sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { text } from '../../schemas.ts';

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
  const ask = deskAsker(desk);
  return async ({ id, op, args, request, reply, answer }) => {
    const found = builds.find(id);
    if (!found.ok) return sendProblem(reply, refusedBy(found));
    const target = found.value.id;
    const outcome = await ask({ wish: { op, target, args: { ...args }, if: {} }, request });
    // What the state does not know although we found it lies in the archive.
    const isArchived = outcome?.state === 'refused' && outcome.code === 'NOT_FOUND';
    const problem = isArchived ? archived(found.value) : problemOf(outcome);
    if (problem) return sendProblem(reply, problem);
    const after = builds.find(target);
    return answer(after.ok ? after.value : found.value);
  };
}

const archived = ({ id, status }: Job): Problem => ({
  status: 409,
  code: 'ALREADY_FINISHED',
  detail: `build ${id} ${endedWords(status)} and lies in the archive; ask for a new one`,
});
