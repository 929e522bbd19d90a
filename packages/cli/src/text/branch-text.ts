/** Branch profiles as lines: a row each, or one in full. */
import type { BranchView, Time } from '@gityard/domain';
import { PRIORITY_DIRECTION } from './job-text.ts';
import { bold, dim, type Line, line, warn } from './lines.ts';
import { table } from './table.ts';
import { agoText, statusSpan } from './words.ts';

export function branchTable(views: readonly BranchView[], now: Time): Line[] {
  return table({
    heads: ['NAME', 'PRIO', 'BUILDS', 'LAST COMMIT', 'JOB', 'REPOSITORY', 'BRANCH'],
    rows: views.map((it) => [
      it.name,
      String(it.priority),
      it.enabled ? whenBuilt(it) : warn('disabled'),
      it.lastCommit?.slice(0, 10) ?? '',
      lastOf(it, now),
      it.repository,
      it.branch === it.name ? '' : it.branch,
    ]),
  });
}

function whenBuilt({ autoBuild, schedules }: BranchView): string {
  const parts = [...(autoBuild ? ['each commit'] : []), ...schedules.map((it) => it.cron)];
  return parts.join(', ') || 'when asked';
}

function lastOf({ lastCommit, skipped, lastJob }: BranchView, now: Time) {
  if (skipped !== null && skipped.commit === lastCommit) return warn('skipped');
  if (lastJob === null) return '';
  return lastJob.endedAt === null ? lastJob.status : `${lastJob.status} ${agoText(lastJob.endedAt, now)}`;
}

export function branchLines(view: BranchView, now: Time): Line[] {
  const { name, repository, branch, priority, enabled, paths, skipped, lastJob, lastCommit } = view;
  return [
    line(bold(name), `  ${branch} of ${repository}`, ...(enabled ? [] : [warn('  disabled')])),
    line(dim('builds:    '), whenBuilt(view), dim(`  priority ${priority} (${PRIORITY_DIRECTION})`)),
    ...(paths.include.length > 0 ? [line(dim('include:   '), paths.include.join(', '))] : []),
    ...(paths.exclude.length > 0 ? [line(dim('exclude:   '), paths.exclude.join(', '))] : []),
    ...(lastCommit === null ? [] : [line(dim('last seen: '), lastCommit)]),
    ...(lastJob === null
      ? []
      : [
          line(
            dim('last job:  '),
            lastJob.id,
            ' ',
            statusSpan(lastJob.status),
            dim(` ${agoText(lastJob.submittedAt, now)}`),
          ),
        ]),
    ...(skipped === null
      ? []
      : [
          line(
            dim('skipped:   '),
            warn(skipped.commit.slice(0, 10)),
            ` ${skipped.reason}`,
            dim(` ${agoText(skipped.at, now)}`),
          ),
        ]),
  ];
}
