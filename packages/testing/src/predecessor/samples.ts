/** Entries and files as the predecessor's tools wrote them, each in a style of its own. Only their shapes are true. */
import type { Dice } from './dice.ts';

export interface MadeMessage {
  readonly id: string;
  readonly [field: string]: unknown;
}

const BEGAN_MS = Date.UTC(2025, 10, 13, 4, 0, 0);
const MINUTE_MS = 60_000;

/** RFC 3339 with an offset, no zone at all, or seconds since 1970. */
function timeOf(dice: Dice, minutes: number): string | number {
  const at = new Date(BEGAN_MS + minutes * MINUTE_MS);
  const plain = at.toISOString().slice(0, 19);
  return dice.one<() => string | number>([
    () => `${plain}+00:00`,
    () => `${plain}Z`,
    () => plain.replace('T', ' '),
    () => at.getTime() / 1000,
    () => at.getTime(),
  ])();
}

export function messageOf(dice: Dice, at: number): MadeMessage {
  const from = dice.one(['build1', 'build2', 'build3', 'architect']);
  const to = dice.one(['build1', 'build2', 'all', 'architect']);
  return {
    id: `msg_${String(at).padStart(5, '0')}_${dice.below(1_000_000)}`,
    from,
    to,
    type: dice.one(['info', 'warning', 'request', 'alert', 'success', 'question', 'heartbeat']),
    priority: dice.one(['normal', 'high', 'low', 'critical', 'urgent']),
    subject: dice.below(12) === 0 ? `report ${at} `.repeat(20) : `report ${at}`,
    body: `build ${at} of ${from} took ${dice.below(900)} seconds`,
    timestamp: timeOf(dice, at),
    read: dice.one([true, false]),
    ...(dice.below(4) === 0 && { requires_ack: true, ack_status: dice.one(['pending', 'completed']) }),
  };
}

export function jobOf(dice: Dice, at: number): MadeMessage {
  const status = (['completed', 'failed', 'queued', 'in_progress'] as const)[at % 4] ?? 'queued';
  const hasEnded = status === 'completed' || status === 'failed';
  return {
    id: `job_${1_763_000_000 + at}`,
    branch: dice.one(['main', 'release/2.1', 'apt-layer']),
    commit: dice.one(['HEAD', 'd3adb33f', 'c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00']),
    priority: 1 + (at % 10),
    depends_on: at > 0 && at % 3 === 0 ? [`job_${1_763_000_000 + at - 1}`] : [],
    status,
    created_at: timeOf(dice, at * 7),
    created_by: 'build1',
    assigned_to: status === 'queued' ? null : dice.one(['build1', 'build2']),
    started_at: status === 'queued' ? null : timeOf(dice, at * 7 + 2),
    completed_at: hasEnded ? timeOf(dice, at * 7 + 60) : null,
    ...(hasEnded && { exit_code: status === 'completed' ? 0 : 2 }),
  };
}

export function serverFiles(dice: Dice): Record<string, string | Uint8Array> {
  const status = (name: Record<string, string>, more: object = {}) =>
    JSON.stringify({
      ...name,
      timestamp: timeOf(dice, 100),
      status: 'idle',
      system: { cpu_cores: 8, memory_total_gb: 16 },
      ...more,
    });
  return {
    'build1/status.json': status({ server: 'build1' }),
    'build1/logs/job_1763000000_20251113.json': '{"job":"job_1763000000"}',
    'build2/status.json': `\uFEFF${status({ server_id: 'build2' }).replaceAll(',', ',\r\n')}`,
    'build2/heartbeat.json': JSON.stringify({ server_id: 'build2', timestamp: 1_763_000_000 }),
    'build3/heartbeat.json': JSON.stringify({ server: 'build3', timestamp: '2025-11-13 05:00:00' }),
    'Windows-Box/status.json': Buffer.from(
      `\uFEFF${status({ server_id: 'Windows-Box' }, { os: 'Windows Server 2022' })}`,
      'utf16le',
    ),
  };
}

export function sharedFiles(): Record<string, string> {
  return {
    'shared/health_dashboard.json': '{"status":"healthy"}',
    'shared/statistics.json': '{"builds": 12, "rate": ',
    'shared/message-schema.json': '{"type":"object"}',
    'shared/branches_config.json': JSON.stringify({
      branches: {
        main: { branch: 'main', repo_path: '/srv/build/main', priority: 1, auto_build: true, enabled: true },
        'apt-layer': {
          branch: 'apt-layer',
          repo_path: '/srv/build/apt',
          priority: 7,
          auto_build: false,
          enabled: false,
        },
      },
    }),
    'coordination/locks.json': JSON.stringify({
      locks: {
        'job-queue': { locked_by: 'build1', locked_at: '2025-11-13T05:00:00Z', expires_at: null },
        'apt-repo': { locked_by: 'build2', locked_at: '2025-11-13T05:00:00Z', expires_at: '2099-01-01T00:00:00Z' },
      },
    }),
    'messages/20251113_051500_build1_to_build2.txt': 'Disk was full.\nIt is not any more.\n',
    'messages/note-for-all.txt':
      'From: architect\nTo: all\nDate: 2025-11-13T06:00:00+01:00\nSubject: hello\n\nA word to everybody.\n',
  };
}
