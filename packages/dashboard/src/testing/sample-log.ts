import type { CommitEntry } from '../worker/sources/source.ts';
import type { Ago } from './sample-jobs.ts';

export interface PathCommit extends CommitEntry {
  readonly paths: readonly string[];
}

export function log(ago: Ago): readonly PathCommit[] {
  const of = (operation: string, fields: Record<string, string | number>, transaction: string) =>
    [
      `Operation: ${operation}`,
      ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
      `Transaction: ${transaction}`,
    ].join('\n');
  const publish = 'shared/locks/publish.json';
  const one = (minutes: number, author: string, subject: string, told: string, ...paths: string[]) => ({
    minutes,
    author,
    message: `${subject}\n\n${told}\n`,
    paths,
  });
  const commits = [
    one(
      0.4,
      'build1',
      'progress job 01kar9x2runcloud',
      of('progress', { Agent: 'build1', Job: '01kar9x2runcloud', Token: 1 }, 'build1.a.9'),
    ),
    one(
      3,
      'build3',
      'acquire lock publish for build3',
      of('acquire', { Agent: 'build3', Lock: 'publish', Token: 12, Reason: 'release 4.21' }, 'build3.a.8'),
      publish,
    ),
    {
      ...{ minutes: 5, author: 'build2', paths: [publish] },
      message: `2 operations of build2\n\n- finish job 01kar7failedxx: failed\n- release lock publish of build2\n\n${of('finish', { Agent: 'build2', Job: '01kar7failedxx', Token: 3 }, 'build2.a.6')}\n${of('release', { Agent: 'build2', Lock: 'publish', Token: 11 }, 'build2.a.7')}\n`,
    },
    one(
      7,
      'ada',
      'send message 01karmsg2 from ada to build3',
      of('send', { Agent: 'ada', Message: '01karmsg2' }, 'ada.a.3'),
    ),
    one(
      9,
      'ada',
      'break lock publish of build4, by ada',
      of('break', { Agent: 'ada', Lock: 'publish', Reason: 'build4 has been silent for an hour' }, 'ada.a.2'),
      publish,
    ),
    one(60, 'ada', 'drain agent mac-mini', of('drain', { Agent: 'mac-mini', Reason: 'new power supply' }, 'ada.a.1')),
    {
      minutes: 1500,
      author: 'Ann Lee',
      paths: ['shared/branches_config.json'],
      message: 'build the release branch as well\n',
    },
    ...Array.from({ length: 120 }, (_, at) =>
      one(
        1600 + 7 * at,
        `build${1 + (at % 3)}`,
        `finish job 01kar5old${at}: succeeded`,
        of('finish', { Agent: `build${1 + (at % 3)}`, Job: `01kar5old${at}`, Token: 1 }, `x.a.${at}`),
      ),
    ),
  ];
  return commits.map(({ minutes, author, message, paths }, at) => ({
    ...{ author, message, paths, at: ago(minutes) },
    commit: at === 0 ? '9f3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2' : (at + 0xabc000).toString(16).padStart(40, '3'),
  }));
}
