/** The machines that build: all of them, one of them, and how well it is (REQUIREMENTS R109, R112, R118, R119). */
import {
  AGENT_STATUSES,
  type Agent,
  agentCheckup,
  agentView,
  agentViews,
  closed,
  find,
  poolViews,
} from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endpoint } from '../endpoint.ts';
import { NOT_CHANGED } from '../kept.ts';
import type { SeenYard } from '../options.ts';
import { NOT_READY, sendProblem } from '../problem.ts';
import { refusedBy } from '../refused.ts';
import { listOf, text, words } from '../schemas.ts';
import { sendJson } from '../send-json.ts';
import { AGENT, BY_ID, CHECKUP, NO_AGENT, NOT_CLEAR, POOL } from './agent-schemas.ts';

export const listAgents = endpoint({
  method: 'GET',
  url: '/api/v1/agents',
  name: 'listAgents',
  tag: 'agents',
  summary: 'All agents: what they are, can do and do now',
  access: 'looker',
  query: words(
    {
      status: { enum: AGENT_STATUSES, description: 'only those' },
      pool: { ...text, description: 'only those of that pool' },
    },
    [],
  ),
  answers: {
    200: { description: 'In the order of their names.', schema: closed({ agents: listOf(AGENT) }, ['agents']) },
    304: NOT_CHANGED,
  },
  handle: ({ options: { look } }) =>
    look &&
    (({ query: { status, pool }, request, reply }) => {
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);
      const agents = agentViews(seen.state, seen.now).filter(
        (it) => (status === undefined || it.status === status) && (pool === undefined || it.pool === pool),
      );
      return sendJson(request, reply, { agents });
    }),
});

export const showAgent = endpoint({
  method: 'GET',
  url: '/api/v1/agents/:id',
  name: 'showAgent',
  tag: 'agents',
  summary: 'One agent',
  access: 'looker',
  params: BY_ID,
  answers: { 200: { description: 'The agent.', schema: AGENT }, 304: NOT_CHANGED, 404: NO_AGENT, 409: NOT_CLEAR },
  handle: ({ options: { look } }) =>
    look && (({ params: { id }, request, reply }) => answerWith(viewOf, { seen: look(), id, request, reply })),
});

export const checkAgent = endpoint({
  method: 'GET',
  url: '/api/v1/agents/:id/health',
  name: 'checkAgent',
  tag: 'agents',
  summary: 'How well an agent is, point by point',
  access: 'looker',
  params: BY_ID,
  answers: {
    200: { description: 'What is known of it.', schema: CHECKUP },
    304: NOT_CHANGED,
    404: NO_AGENT,
    409: NOT_CLEAR,
  },
  handle: ({ options: { look } }) =>
    look && (({ params: { id }, request, reply }) => answerWith(checkupOf, { seen: look(), id, request, reply })),
});

interface Named {
  readonly seen: SeenYard | undefined;
  readonly id: string;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function answerWith(view: (seen: SeenYard, agent: Agent) => object, { seen, id, request, reply }: Named): FastifyReply {
  if (!seen) return sendProblem(reply, NOT_READY);
  const found = agentNamed(seen, id);
  return found.ok ? sendJson(request, reply, view(seen, found.value)) : sendProblem(reply, refusedBy(found));
}

export const listPools = endpoint({
  method: 'GET',
  url: '/api/v1/pools',
  name: 'listPools',
  tag: 'agents',
  summary: 'The pools, and how many agents of each are busy, free and well',
  access: 'looker',
  answers: {
    200: { description: 'In the order of their names.', schema: closed({ pools: listOf(POOL) }, ['pools']) },
    304: NOT_CHANGED,
  },
  handle: ({ options: { look } }) =>
    look &&
    (({ request, reply }) => {
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);
      return sendJson(request, reply, { pools: poolViews(seen.state, seen.now) });
    }),
});

/** By its id, or the beginning of it that no other has. */
export const agentNamed = ({ state }: SeenYard, id: string) => find(state.agents, id, 'agent');

export const viewOf = ({ state, now }: SeenYard, agent: Agent) => agentView(state, agent, now);
const checkupOf = ({ state, now }: SeenYard, agent: Agent) => agentCheckup(state, agent, now);
