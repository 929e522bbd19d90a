/** Builds, newest first: those that are open and those that ended in the last days, then those of the archive. */
import { BUILD_STATUSES, buildHead, buildPage, closed, isHeld } from '@gityard/domain';
import { endpoint } from '../../endpoint.ts';
import { isKnown } from '../../etag.ts';
import { IF_NONE_MATCH, NOT_CHANGED } from '../../kept.ts';
import type { SeenYard } from '../../options.ts';
import { NOT_READY, sendProblem } from '../../problem.ts';
import { listOf, nullable, text, words } from '../../schemas.ts';
import { cursorIn, cursorText } from './cursor.ts';
import { KeptStates } from './kept-states.ts';
import { linksOf } from './links.ts';
import { BUILD_HEAD } from './schemas.ts';

const PAGE = 50;
const LARGEST_PAGE = 200;
const word = (description: string) => ({ ...text, minLength: 1, maxLength: 300, description }) as const;

export const listBuilds = endpoint({
  method: 'GET',
  url: '/api/v1/builds',
  name: 'listBuilds',
  tag: 'builds',
  summary: 'Builds, newest first',
  description:
    'Those that are open and those that ended in the last days; behind them those of the archive, day by day of their end. A ' +
    'cursor goes on in the list as it was when the first page was asked for. A page may be shorter than asked for, even empty, ' +
    'where little fits: the list ends where nextCursor is null.',
  access: 'looker',
  query: words(
    {
      status: { enum: BUILD_STATUSES, description: 'only those' },
      project: word('projectName'),
      branch: word('a branch'),
      agent: word('id of an agent that tried it'),
      requester: word('who asked for it, by name or e-mail address'),
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: LARGEST_PAGE,
        default: PAGE,
        description: 'builds on a page at most',
      },
      cursor: { ...text, maxLength: 1_000, description: 'nextCursor of the page before' },
    },
    [],
  ),
  headers: IF_NONE_MATCH,
  answers: {
    200: {
      description: 'A page of them.',
      schema: closed(
        {
          builds: listOf(BUILD_HEAD),
          nextCursor: nullable({ ...text, description: 'for the next page; null: there is none' }),
        },
        ['builds', 'nextCursor'],
      ),
      headers: { etag: 'the commit of the yard that this is the list of' },
    },
    304: NOT_CHANGED,
  },
  handle: ({ options: { builds, look } }) => {
    if (!builds || !look) return undefined;
    const kept = new KeptStates();
    return ({ query: { cursor: given, limit = PAGE, ...filter }, request, reply }) => {
      const cursor = given === undefined ? null : cursorIn(given);
      if (cursor === undefined) return sendProblem(reply, NO_CURSOR);
      const newest = look();
      const seen = (cursor && kept.at(cursor.head)) ?? newest;
      if (!seen || !newest) return sendProblem(reply, NOT_READY);

      const { jobs, next } = buildPage(seen.state.jobs, {
        ...{ filter, after: cursor, limit },
        archive: builds.archived(),
      });
      const etag = etagOf(newest, seen, jobs.some(isHeld));
      reply.headers({ etag: `W/${etag}`, 'cache-control': 'private, no-cache' });
      if (next) kept.keep(seen);
      if (isKnown(request, etag)) return reply.code(304).send();
      return reply.send({
        builds: jobs.map((job) => {
          const head = buildHead({ ...seen.state, heartbeats: newest.state.heartbeats }, job, newest.now);
          return { ...head, links: linksOf(job, newest.state) };
        }),
        nextCursor: next && cursorText({ head: seen.head, ...next }),
      });
    };
  },
});

/** Of one that runs heartbeats tell more than the state does. */
const etagOf = ({ head: newest, live }: SeenYard, { head }: SeenYard, isRunning: boolean): string =>
  `"${[head, ...(head === newest ? [] : [newest]), ...(isRunning ? [live ?? 'none'] : [])].join('-')}"`;

const NO_CURSOR = {
  status: 400,
  code: 'INVALID_DATA',
  detail: 'cursor must be the nextCursor of a page of this list',
};
