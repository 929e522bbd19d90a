/** One build: how far it is, and once it has ended what came of it. */
import { buildView, isHeld, type Job, type Manifest } from '@gityard/domain';
import type { BuildDesk } from '../../desks.ts';
import { endpoint } from '../../endpoint.ts';
import { isKnown as hasAlready } from '../../etag.ts';
import { IF_NONE_MATCH, NOT_CHANGED } from '../../kept.ts';
import { NOT_READY, sendProblem } from '../../problem.ts';
import { refusedBy } from '../../refused.ts';
import { artifactViews, linksOf, linksUntil, logAddress } from './links.ts';
import { BUILD, buildId, NOT_CLEAR, NOT_THERE } from './schemas.ts';

export const showBuild = endpoint({
  method: 'GET',
  url: '/api/v1/builds/:id',
  name: 'readBuild',
  tag: 'builds',
  summary: 'One build: how far it is, and what came of it',
  access: 'looker',
  params: buildId,
  headers: IF_NONE_MATCH,
  answers: {
    200: {
      description: 'The build.',
      schema: BUILD,
      headers: { etag: 'made of the commit of the yard that this is read from' },
    },
    304: NOT_CHANGED,
    404: NOT_THERE,
    409: NOT_CLEAR,
  },
  handle: ({ options: { builds, look } }) =>
    builds &&
    look &&
    (async ({ params: { id }, request, reply }) => {
      const seen = look();
      if (!seen) return sendProblem(reply, NOT_READY);
      const found = builds.find(id);
      if (!found.ok) return sendProblem(reply, refusedBy(found));

      const job = found.value;
      const [nowMs, isKnown] = [Date.now(), request.caller !== null];
      const manifests = manifestsOf(builds, job);
      const etag = `"${[
        seen.head,
        ...(isHeld(job) ? [seen.live ?? 'none'] : []),
        ...(manifests.length > 0 && isKnown ? [linksUntil(nowMs)] : []),
      ].join('-')}"`;
      reply.headers({ etag: `W/${etag}`, 'cache-control': 'private, no-cache', vary: 'authorization, cookie' });
      if (hasAlready(request, etag)) return reply.code(304).send();
      const view = buildView(seen.state, job, seen.now);
      return reply.send({
        ...view,
        links: linksOf(job, seen.state),
        logUrl: job.attempts.length === 0 ? null : logAddress(job.id),
        artifacts: await artifactViews(manifests, { linkKey: builds.linkKey, isKnown, nowMs }),
      });
    }),
});

/** Of a build that was split, those of its parts as well. */
export function manifestsOf({ manifest }: Pick<BuildDesk, 'manifest'>, { id, split }: Job): Manifest[] {
  return [id, ...(split?.children ?? [])].flatMap((it) => manifest(it) ?? []);
}
