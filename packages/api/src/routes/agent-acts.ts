/** What is done to an agent: it rests, is mended, works again, or is struck off. */
import { type CommandWish, closed } from '@gityard/domain';
import { deskAsker, problemOf } from '../ask-desk.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { NOT_READY, sendProblem } from '../problem.ts';
import { refusedBy } from '../refused.ts';
import { listOf, text, words } from '../schemas.ts';
import { AGENT, BY_ID, NO_AGENT } from './agent-schemas.ts';
import { agentNamed, viewOf } from './agents.ts';

const REASON = { ...text, maxLength: 1000, description: 'for the history, and for whoever wonders' } as const;
const UNTIL = {
  ...text,
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z$',
  description: 'a time like 2026-01-31T12:00:00Z: when it works again by itself; left out, when somebody resumes it',
} as const;
const CONFLICT = {
  description:
    'A rule forbids it, several agents begin with that id, or the idempotency key was used before; `detail` says which.',
} as const;

interface Act {
  readonly op: 'maintain' | 'drain' | 'resume';
  readonly word: string;
  readonly name: string;
  readonly summary: string;
  readonly description: string;
}

const act = ({ op, word, name, summary, description }: Act): Endpoint =>
  endpoint({
    method: 'POST',
    url: `/api/v1/agents/:id/${word}`,
    name,
    tag: 'agents',
    summary,
    description,
    access: 'BuildMaster',
    idempotent: true,
    params: BY_ID,
    body: orNothing(op === 'resume' ? closed({ reason: REASON }, []) : closed({ reason: REASON, until: UNTIL }, [])),
    answers: { 200: { description: 'The agent, as it is now.', schema: AGENT }, 404: NO_AGENT, 409: CONFLICT },
    handle: ({ options: { look, desk } }) => {
      if (!look || !desk) return undefined;
      const ask = deskAsker(desk);
      return async ({ params: { id }, body, request, reply }) => {
        const seen = look();
        if (!seen) return sendProblem(reply, NOT_READY);
        const found = agentNamed(seen, id);
        if (!found.ok) return sendProblem(reply, refusedBy(found));
        const wish: CommandWish = { op, target: found.value.id, args: { ...body }, if: {} };
        const problem = problemOf(await ask({ wish, request }));
        if (problem) return sendProblem(reply, problem);
        const after = look() ?? seen;
        const agent = after.state.agents.get(found.value.id) ?? found.value;
        return reply.header('cache-control', 'no-store').send(viewOf(after, agent));
      };
    },
  });

/** A request without a body is one without wishes. */
function orNothing<const S extends { readonly type: 'object' }>(schema: S): S {
  return { ...schema, type: ['object', 'null'] } as unknown as S;
}

export const maintainAgent = act({
  op: 'maintain',
  word: 'maintenance',
  name: 'maintainAgent',
  summary: 'Takes an agent into maintenance',
  description: 'It takes no more jobs, and its silence alarms nobody. What it builds now, it builds to the end.',
});
export const drainAgent = act({
  op: 'drain',
  word: 'drain',
  name: 'drainAgent',
  summary: 'Lets an agent finish what it has and take no more',
  description: 'Other than in maintenance, its silence is still told of.',
});
export const resumeAgent = act({
  op: 'resume',
  word: 'resume',
  name: 'resumeAgent',
  summary: 'Lets an agent take jobs again',
  description: 'After maintenance, a drain, or when it was taken for sick.',
});

export const removeAgent = endpoint({
  method: 'DELETE',
  url: '/api/v1/agents/:id',
  name: 'removeAgent',
  tag: 'agents',
  summary: 'Strikes an agent off',
  description:
    'Refused while its daemon gives signs of life, and while it holds jobs. With `force` it goes at once: its jobs go back into ' +
    'the queue, what it still hands in of them is refused, and its daemon stops when it sees that nobody knows it.',
  access: 'BuildMaster',
  params: BY_ID,
  query: words(
    { force: { type: 'boolean', default: false, description: 'also one that lives or holds jobs' }, reason: REASON },
    [],
  ),
  answers: {
    200: {
      description: 'It is none of this yard any more.',
      schema: closed(
        {
          agentId: text,
          removed: { const: true },
          releasedJobs: { ...listOf(text), description: 'that it held: they wait for another agent' },
        },
        ['agentId', 'removed', 'releasedJobs'],
      ),
    },
    404: NO_AGENT,
    409: CONFLICT,
  },
  handle: ({ options: { look, desk } }) => {
    if (!look || !desk) return undefined;
    const ask = deskAsker(desk);
    return async ({ params: { id }, query: { force, reason }, request, reply }) => {
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);
      const found = agentNamed(seen, id);
      if (!found.ok) return sendProblem(reply, refusedBy(found));
      const agentId = found.value.id;
      const wish: CommandWish = { op: 'remove', target: agentId, args: { force, reason: reason ?? null }, if: {} };
      const { currentJobs: releasedJobs } = viewOf(seen, found.value);
      const problem = problemOf(await ask({ wish, request }));
      return problem
        ? sendProblem(reply, problem)
        : reply.header('cache-control', 'no-store').send({ agentId, removed: true, releasedJobs });
    };
  },
});
