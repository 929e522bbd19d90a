/** A job that goes on only when a person acts: nobody can run it, or it waits for what will never be. One issue for each branch. */
import { explain, nameOfLine } from '@gityard/domain';
import { aFinding, BUILD_LABELS, type Check, type Finding, keyOf, type Look } from '../finding.ts';
import { branchOf } from './branch-of.ts';

const NAME = 'job-stuck';
const NOBODY = new Set(['no-agent-with', 'assigned-agent-missing', 'all-matching-silent', 'all-matching-take-none']);

export const jobStuck: Check = {
  name: NAME,
  find: (look) => {
    const lines = new Map<string, Finding>();
    for (const it of stuck(look)) if (!lines.has(it.key)) lines.set(it.key, it);
    return [...lines.values()];
  },
  howItEnded: () => 'nothing of it is stuck any more',
};

const stuck = ({ state, needs, now }: Look): Finding[] =>
  needs
    .filter(({ code }) => code === NAME)
    .flatMap(({ text, refs: [id = ''] }) => {
      const job = state.jobs.get(id);
      const reason =
        job && explain(state, job, now).reasons.find((it) => it.class === 'stuck' && it.code !== 'needs-approval');
      if (!job || !reason || reason.code === 'paused') return [];
      const what = job.branch === null ? `job ${id}` : `a job of ${branchOf(job.branch, job)}`;
      return [
        aFinding({
          key: keyOf(NAME, nameOfLine(job)),
          says: NOBODY.has(reason.code) ? 'nobody-can-run' : 'stuck',
          title: NOBODY.has(reason.code) ? `nobody can run ${what}` : `${what} is stuck`,
          text,
          since: reason.since ?? job.submittedAt,
          facts: [
            ['job', id],
            ['submitted', job.submittedAt],
            ['by', job.submittedBy],
          ],
          remedies: [`gityard job why ${id}`, `gityard job cancel ${id}`],
          labels: BUILD_LABELS,
        }),
      ];
    });
