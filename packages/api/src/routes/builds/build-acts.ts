/** What is done to a build: it is cancelled, tried again, or gets another priority. It is told of as it is afterwards. */
import {
  type CommandWish,
  closed,
  endedWords,
  type Job,
  PRIORITY_LEVELS,
  priorityName,
  queuedBuild,
  type Role,
} from '@gityard/domain';
import type { FastifyReply } from 'fastify';
import { deskAsker, problemOf } from '../../ask-desk.ts';
import { type Answer, type Endpoint, endpoint } from '../../endpoint.ts';
import type { SeenYard } from '../../options.ts';
import { NOT_READY, type Problem, sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { text } from '../../schemas.ts';
import { buildAddress, linksOf } from './links.ts';
import { buildId, NOT_THERE, priority, QUEUED_BUILD } from './schemas.ts';

const reason = { ...text, maxLength: 1_000, description: 'why, for the history' } as const;
/** Nothing need be said. */
const REASON = { ...closed({ reason }, []), type: ['object', 'null'] } as const;
const REFUSED = {
  description:
    'A rule stands against it, such as that the build has ended; several builds begin with that id; or the key was used for something else.',
};

interface Act {
  readonly op: CommandWish['op'];
  readonly word: string;
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly access: Role;
  readonly body: typeof REASON | typeof PRIORITY;
  readonly answers: Readonly<Record<number, Answer>>;
  answer(job: Job, how: { readonly seen: SeenYard; readonly reply: FastifyReply }): object;
}

const act = ({ op, word, answers, answer, ...told }: Act): Endpoint =>
  endpoint({
    ...told,
    method: 'POST',
    url: `/api/v1/builds/:id/${word}`,
    tag: 'builds',
    minds: 'namespaces',
    idempotent: true,
    params: buildId,
    answers: { ...answers, 404: NOT_THERE, 409: REFUSED },
    handle: ({ options: { builds, look, desk } }) => {
      if (!builds || !look || !desk) return undefined;
      const ask = deskAsker(desk);
      return async ({ params: { id }, body, request, reply }) => {
        const found = builds.find(id);
        if (!found.ok) return sendProblem(reply, refusedBy(found));
        const target = found.value.id;
        const outcome = await ask({ wish: { op, target, args: argsOf(body), if: {} }, request });
        // What the state does not know although we found it lies in the archive.
        const isArchived = outcome?.state === 'refused' && outcome.code === 'NOT_FOUND';
        const problem = isArchived ? archived(found.value) : problemOf(outcome);
        if (problem) return sendProblem(reply, problem);
        const [after, seen] = [builds.find(target), look()];
        if (!seen) return sendProblem(reply, NOT_READY);
        reply.header('cache-control', 'no-store');
        return reply.send(answer(after.ok ? after.value : found.value, { seen, reply }));
      };
    },
  });

type Said = { readonly reason?: string; readonly priority?: keyof typeof PRIORITY_LEVELS } | null;
const argsOf = (said: Said): CommandWish['args'] => ({
  ...said,
  ...(said?.priority && { priority: PRIORITY_LEVELS[said.priority] }),
});

const archived = ({ id, status }: Job): Problem => ({
  status: 409,
  code: 'ALREADY_FINISHED',
  detail: `build ${id} ${endedWords(status)} and lies in the archive; ask for a new one`,
});

const CANCELLING = { executionId: text, status: { const: 'Cancelling' }, message: text } as const;

export const cancelBuild = act({
  op: 'cancel',
  word: 'cancel',
  name: 'cancelBuild',
  summary: 'Cancels a build',
  description: 'One that waits at once; one that runs is ended by its agent, which looks for that every few seconds.',
  access: 'BuildMaster',
  body: REASON,
  answers: {
    200: {
      description: 'It is being cancelled, or was already.',
      schema: closed(CANCELLING, ['executionId', 'status', 'message']),
    },
  },
  answer: ({ id: executionId }) => ({ executionId, status: 'Cancelling', message: 'Build cancellation requested' }),
});

export const retryBuild = act({
  op: 'retry',
  word: 'retry',
  name: 'retryBuild',
  summary: 'Tries a build again that did not succeed',
  description: 'The same build, one more attempt.',
  access: 'Developer',
  body: REASON,
  answers: {
    202: { description: 'It is in the queue again.', schema: QUEUED_BUILD, headers: { location: 'of the build' } },
  },
  answer: (job, { seen: { state, now }, reply }) => {
    reply.code(202).header('location', buildAddress(job.id));
    return { ...queuedBuild(state, job, now), links: linksOf(job, state) };
  },
});

const PRIORITY = closed({ priority, reason }, ['priority']);

export const prioritiseBuild = act({
  op: 'prioritise',
  word: 'priority',
  name: 'prioritiseBuild',
  summary: 'Gives a build another priority',
  access: 'BuildMaster',
  body: PRIORITY,
  answers: {
    200: {
      description: 'It has that priority.',
      schema: closed({ executionId: text, priority }, ['executionId', 'priority']),
    },
  },
  answer: (job) => ({ executionId: job.id, priority: priorityName(job.priority) }),
});
