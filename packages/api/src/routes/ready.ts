/** 200 as long as there is a snapshot to show that is not old: the yard itself was looked at within the last minutes. */
import { closed } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { NOT_READY, type Problem, sendProblem } from '../problem.ts';
import { text, time } from '../schemas.ts';

const STALE_AFTER_MS = 300_000;

export const ready = endpoint({
  method: 'GET',
  url: '/readyz',
  name: 'isReady',
  tag: 'server',
  summary: 'Whether there is a snapshot to show that is not old',
  access: 'anyone',
  answers: {
    200: {
      description: 'There is.',
      schema: closed({ status: { const: 'ready' }, head: text, at: time }, ['status', 'head', 'at']),
    },
    503: { description: 'The yard has not been read yet, or not for five minutes; `detail` says why.' },
  },
  handle:
    ({ options }) =>
    ({ reply }) => {
      const model = options.source.current();
      if (!model) return sendProblem(reply, NOT_READY);
      const lookedAtMs = options.source.lookedAtMs?.();
      // Why says where the yard is: not to everybody, where not everybody may look.
      const trouble = options.open === false ? null : options.source.trouble?.();
      if (lookedAtMs !== undefined && Date.now() - lookedAtMs > STALE_AFTER_MS)
        return sendProblem(reply, stale(lookedAtMs, trouble));
      return reply.header('cache-control', 'no-store').send({ status: 'ready', head: model.head, at: model.at });
    },
});

const stale = (lookedAtMs: number, trouble: string | null | undefined): Problem => ({
  status: 503,
  code: 'STALE',
  detail: `the yard was last seen at ${new Date(lookedAtMs).toISOString()}${trouble ? `: ${trouble}` : ''}`,
  headers: { 'retry-after': '30' },
});
