/** The log of a build: as text, or as events that go on while it runs and can be taken up where they were left. */
import { Readable } from 'node:stream';
import { buildStatus, isFinished } from '@gityard/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BuildDesk, LogPiece } from '../../desks.ts';
import { endpoint } from '../../endpoint.ts';
import { sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { words } from '../../schemas.ts';
import { logEvents, toldIn } from './log-events.ts';
import { buildId, NOT_CLEAR, NOT_THERE } from './schemas.ts';

const HEARTBEAT_MS = 15_000;
const TEXT_TYPE = 'text/plain; charset=utf-8';
const EVENTS_TYPE = 'text/event-stream; charset=utf-8';

export const readLog = endpoint({
  method: 'GET',
  url: '/api/v1/builds/:id/logs',
  name: 'readBuildLog',
  tag: 'builds',
  summary: 'The log of a build',
  description:
    'Lines like `[2026-01-31 12:00:00] WARNING: text`, in UTC. As text: what there is now, or with follow=true also what comes, until ' +
    'the build ends. As text/event-stream: `event: log` for each line, whose `id` a reader who comes back shows as Last-Event-ID, ' +
    'and `event: end` with the status of the build. While a build runs its lines come every few seconds, with the time at which ' +
    'this server saw them.',
  access: 'looker',
  streams: true,
  params: buildId,
  query: words(
    {
      follow: { type: 'boolean', default: false, description: 'of text: goes on until the build ends' },
      colours: {
        type: 'boolean',
        default: false,
        description:
          'keeps the colours that the build printed, as sequences of terminals (SGR), which end with their line; all others are gone',
      },
    },
    [],
  ),
  headers: { 'last-event-id': 'of events: the id of the last one that was seen' },
  answers: {
    200: { description: 'The log; nothing while there is none.', type: ['text/plain', 'text/event-stream'] },
    204: { description: 'Of events: all were told, and there will be no more.' },
    404: NOT_THERE,
    409: NOT_CLEAR,
  },
  handle: ({ options: { builds, heartbeatMs = HEARTBEAT_MS }, followers, closing }) => {
    if (!builds) return undefined;
    return ({ params: { id }, query: { follow, colours }, request, reply }) => {
      const found = builds.find(id);
      if (!found.ok) return sendProblem(reply, refusedBy(found));
      const isEvents = /\btext\/event-stream\b/.test(request.headers.accept ?? '');
      const isFollowed = isEvents || follow;
      if (request.method === 'HEAD')
        return reply
          .header('cache-control', 'no-store')
          .type(isEvents ? EVENTS_TYPE : TEXT_TYPE)
          .send(Readable.from([]));
      const tooMany = isFollowed ? followers.admit(request, reply.raw, { recheckMs: heartbeatMs }) : undefined;
      if (tooMany) return sendProblem(reply, tooMany);
      const reading = { builds, id: found.value.id, reply, closing, isFollowed, isColoured: colours === true };
      return isEvents ? sendEvents(reading, { request, heartbeatMs }) : sendText(reading);
    };
  },
});

interface Reading {
  readonly builds: BuildDesk;
  readonly id: string;
  readonly reply: FastifyReply;
  readonly closing: AbortSignal;
  readonly isFollowed: boolean;
  readonly isColoured: boolean;
}

function sendText(reading: Reading): FastifyReply {
  const { reply } = reading;
  reply.header('cache-control', 'no-store').type(TEXT_TYPE);
  return reply.send(Readable.from(textOf(begin(reading))));
}

async function* textOf(pieces: AsyncIterable<LogPiece>): AsyncGenerator<string> {
  // Sends the head: whoever follows a build that has said nothing yet knows that it is there.
  yield '';
  for await (const { lines } of pieces) if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

function sendEvents(
  reading: Reading,
  { request, heartbeatMs }: { request: FastifyRequest; heartbeatMs: number },
): FastifyReply {
  const { builds, id, reply } = reading;
  const told = toldIn(request.headers['last-event-id']);
  const endStatus = () => {
    const found = builds.find(id);
    return found.ok && isFinished(found.value) ? buildStatus(found.value) : null;
  };
  // A browser comes back after every end, unless it is told that there is nothing to come back for.
  if (told?.isOver && endStatus() !== null) return reply.code(204).send();
  // Proxies of the nginx family hold an answer back until it ends, unless told so.
  reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  reply.type(EVENTS_TYPE);
  return reply.send(Readable.from(logEvents(begin(reading), { told, heartbeatMs, endStatus })));
}

function begin({ builds, id, reply, closing, isFollowed, isColoured }: Reading): AsyncIterable<LogPiece> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return builds.log(id, { follow: isFollowed, colours: isColoured, signal: AbortSignal.any([gone.signal, closing]) });
}
