/** A rich yard for specs and for the eye: something of everything that a panel can show. The time is passed in. */
import { after, type ReadModel, readModelFrom, type Time } from '@gityard/domain';
import { sampleHistory } from './sample-history.ts';
import { type Ago, finished, running, waiting } from './sample-jobs.ts';

const MINUTE = 60_000;

export function sampleYard(now: Time, changes: object = {}): ReadModel {
  const model = readModelFrom({ ...everything((minutes) => after(now, -minutes * MINUTE)), ...changes });
  if (!model.ok) throw new Error(model.reason);
  return model.value;
}

function everything(ago: Ago): object {
  return {
    yard: 'acme',
    sequence: 418,
    head: '9f3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2',
    at: ago(0.05),
    by: 'build1',
    totals: { queued: 5, running: 3, stuck: 2, succeededToday: 31, failedToday: 2 },
    needsYou: [
      {
        code: 'agent-silent',
        text: `agent build4 gives no sign of life since ${ago(14)}`,
        refs: ['build4'],
      },
      {
        code: 'job-stuck',
        text: 'job 01kar8qz0stuckarm is stuck: no agent has the labels arm64 and macos',
        refs: ['01kar8qz0stuckarm'],
      },
    ],
    quarantined: [],
    agents: agents(ago),
    jobs: [...running(ago), ...waiting(ago)],
    finished: finished(ago),
    locks: [
      {
        name: 'publish',
        holder: 'build3',
        token: 12,
        acquiredAt: ago(3),
        expiresAt: ago(-7),
        count: 1,
        holders: 1,
        waiting: 1,
      },
      {
        name: 'licences',
        holder: 'build1, build2',
        token: 40,
        acquiredAt: ago(12),
        expiresAt: ago(-18),
        count: 3,
        holders: 2,
        waiting: 0,
      },
    ],
    messages: messages(ago),
    history: sampleHistory(ago(0)),
  };
}

function agents(ago: Ago): object[] {
  const fresh = { health: 'fresh', lastBeatAt: ago(0.3), nextBeatBy: ago(-0.7), slots: 1, host: 'rack-2' };
  return [
    {
      ...fresh,
      id: 'build1',
      pool: 'Linux',
      status: 'Building',
      job: '01kar9x2runcloud',
      cpuPercent: 94,
      memoryPercent: 61,
      diskFreeGB: 212,
      cacheHits: 812,
      cacheMisses: 97,
      labels: ['docker', 'x64'],
      temperatureC: 71,
      buildsToday: 14,
      successPercent: 94,
      successOf: 88,
      uptimePercent: 99.8,
    },
    {
      ...fresh,
      id: 'build2',
      pool: 'Linux',
      status: 'Building',
      job: '01kar9y7runvnf',
      cpuPercent: 38,
      memoryPercent: 44,
      diskFreeGB: 6.4,
      labels: ['docker', 'x64'],
      strain: 'warning',
      strains: ['disk 1 % free'],
      buildsToday: 11,
      successPercent: 91,
      successOf: 75,
      uptimePercent: 100,
    },
    {
      ...fresh,
      id: 'build3',
      pool: 'Windows',
      status: 'Building',
      job: '01kar9zzclaimed',
      cpuPercent: 12,
      memoryPercent: 35,
      diskFreeGB: 1480,
      cacheHits: 64,
      cacheMisses: 71,
      buildsToday: 8,
      successPercent: 97,
      successOf: 61,
      uptimePercent: 99.1,
    },
    {
      id: 'build4',
      pool: 'Linux',
      status: 'Building',
      health: 'silent',
      lastBeatAt: ago(14),
      nextBeatBy: ago(13),
      job: null,
      slots: 1,
      cpuPercent: 71,
      memoryPercent: 93,
      diskFreeGB: 40,
      buildsToday: 2,
      successPercent: 80,
      successOf: 40,
      uptimePercent: 91.4,
    },
    {
      ...fresh,
      id: 'mac-mini',
      pool: 'MacOS',
      status: 'Maintenance',
      health: 'late',
      lastBeatAt: ago(2.2),
      nextBeatBy: ago(1.2),
      cpuPercent: 3,
      memoryPercent: 22,
      diskFreeGB: 88,
      labels: ['arm64', 'macos'],
      mode: 'maintenance',
      modeBy: 'ada',
      modeReason: 'new power supply',
      successPercent: 100,
      successOf: 12,
      uptimePercent: 95.2,
    },
    { id: 'newcomer', pool: 'Docker', status: 'Offline', health: 'unknown' },
  ];
}

function messages(ago: Ago): object[] {
  return [
    {
      id: '01karmsg1',
      from: 'build2',
      to: 'all',
      type: 'warning',
      priority: 'high',
      subject: 'Disk is nearly full: 6.4 GB free',
      sentAt: ago(4),
      readBy: 2,
      ackedBy: 0,
      ackBy: ago(-56),
      missingAcks: 3,
    },
    {
      id: '01karmsg2',
      from: 'ada',
      to: 'build3',
      type: 'request',
      priority: 'normal',
      subject: 'Please keep the workspace of the last portal build',
      sentAt: ago(35),
      readBy: 1,
      ackedBy: 0,
    },
    {
      id: '01karmsg3',
      from: 'build1',
      to: 'ada',
      type: 'response',
      priority: 'normal',
      subject: 'Kept',
      sentAt: ago(130),
      readBy: 1,
      ackedBy: 1,
      ackBy: ago(100),
    },
  ];
}
