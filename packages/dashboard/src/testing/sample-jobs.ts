/** The jobs of the sample yard: one of each kind that the page draws in a way of its own. */
import type { Time } from '@gityard/domain';
import { STAGE_NAMES } from '../rows.ts';

const COMMIT = 'd8e22ab94f0c3a7715b2c9de80f4a1b36c5d7e90';

/** The moment so many minutes ago. */
export type Ago = (minutes: number) => Time;

export const stagesUpTo = (running: number, status = 'Running'): object[] =>
  STAGE_NAMES.map((name, at) => ({ name, status: at < running ? 'Succeeded' : at === running ? status : 'Pending' }));

export function running(ago: Ago): object[] {
  const job = { priority: 5, submittedBy: 'ada', commit: COMMIT, toolchain: 'maven', token: 1, attempt: 1 };
  return [
    {
      ...job,
      id: '01kar9x2runcloud',
      status: 'running',
      repository: 'https://git.example/apache/cloudstack.git',
      branch: 'main',
      submittedAt: ago(20),
      startedAt: ago(12.7),
      agent: 'build1',
      endsAt: ago(-8.4),
      stages: stagesUpTo(3),
      progress: '312 of 480 tests, 2 skipped',
    },
    {
      ...job,
      id: '01kar9y7runvnf',
      status: 'running',
      repository: 'git@git.example:team/vnf-broker.git',
      branch: 'release/4.21',
      submittedAt: ago(9),
      startedAt: ago(4.1),
      agent: 'build2',
      endsAt: ago(1.5),
      attempt: 2,
      stages: stagesUpTo(2),
      progress: 'Compiling 14 of 52 modules',
    },
    {
      ...job,
      id: '01kar9zzclaimed',
      status: 'claimed',
      repository: 'https://git.example/web/portal',
      branch: 'feature/very-long-branch-name-that-wants-to-break-the-layout',
      submittedAt: ago(1),
      startedAt: ago(0.1),
      agent: 'build3',
    },
  ];
}

export function waiting(ago: Ago): object[] {
  const job = { status: 'queued', priority: 5, submittedBy: 'ada', branch: 'main', commit: COMMIT };
  const busy = {
    code: 'agents-busy',
    class: 'will-run',
    text: 'all 2 matching agents are busy; the first is free in about 4 min',
  };
  return [
    {
      ...job,
      id: '01kara01queued',
      priority: 1,
      repository: 'https://git.example/apache/cloudstack.git',
      branch: 'hotfix/4.20.3',
      submittedAt: ago(2),
      position: 1,
      turnAt: ago(-4),
      reasons: [busy],
    },
    {
      ...job,
      id: '01kara02queued',
      repository: 'https://git.example/web/portal',
      submittedAt: ago(6),
      position: 2,
      reasons: [
        { code: 'lock-held', class: 'will-run', text: 'the lock publish is held by build3 for 7 more minutes' },
        busy,
      ],
    },
    {
      ...job,
      id: '01kara03queued',
      repository: null,
      branch: null,
      commit: null,
      command: 'make -C docs site',
      priority: 8,
      submittedAt: ago(7),
      position: 3,
      needs: ['01kar9x2runcloud'],
      reasons: [
        {
          code: 'needs-running',
          class: 'will-run',
          text: 'needs job 01kar9x2runcloud, which is running on build1',
          refs: ['01kar9x2runcloud'],
        },
      ],
    },
    {
      ...job,
      id: '01kar8qz0stuckarm',
      repository: 'https://git.example/apple/agent-tray',
      submittedAt: ago(95),
      position: null,
      reasons: [{ code: 'no-agent-with', class: 'stuck', text: 'no agent has the labels arm64 and macos' }],
    },
    {
      ...job,
      id: '01kar8rastuckneed',
      repository: 'https://git.example/web/portal',
      branch: 'nightly',
      submittedAt: ago(70),
      needs: ['01kar7failedxx', '01kar7okportal'],
      position: null,
      reasons: [
        {
          code: 'need-failed',
          class: 'stuck',
          text: 'needs job 01kar7failedxx, which failed; retry that one or cancel this',
          refs: ['01kar7failedxx'],
        },
      ],
    },
  ];
}

export function finished(ago: Ago): object[] {
  const job = {
    priority: 5,
    submittedBy: 'ada',
    submittedAt: ago(90),
    repository: 'https://git.example/apache/cloudstack.git',
    branch: 'main',
    commit: COMMIT,
    agent: 'build1',
    attempt: 1,
    exitCode: 0,
  };
  return [
    { ...job, id: '01kar7okcloud', status: 'succeeded', startedAt: ago(31), endedAt: ago(8), artifacts: 3 },
    {
      ...job,
      id: '01kar7failedxx',
      status: 'failed',
      repository: 'git@git.example:team/vnf-broker.git',
      branch: 'release/4.21',
      agent: 'build2',
      startedAt: ago(18),
      endedAt: ago(15),
      exitCode: 1,
      attempt: 2,
      needs: ['01kar7okcloud'],
      reason: 'VnfServiceImpl.java:88: cannot find symbol class VnfService',
    },
    {
      ...job,
      id: '01kar7cancelled',
      status: 'cancelled',
      repository: 'https://git.example/web/portal',
      branch: 'main',
      agent: null,
      startedAt: null,
      endedAt: ago(22),
      exitCode: null,
      reason: 'superseded by a newer commit',
    },
    {
      ...job,
      id: '01kar7okportal',
      status: 'succeeded',
      repository: 'https://git.example/web/portal',
      startedAt: ago(41),
      endedAt: ago(39.2),
      artifacts: 1,
    },
    {
      ...job,
      id: '01kar7expired',
      status: 'expired',
      repository: 'https://git.example/apple/agent-tray',
      agent: null,
      endedAt: ago(180),
      exitCode: null,
      reason: 'nobody could run it within a day',
    },
  ];
}
