/**
 * A server of the predecessor, from its `status.json` or `heartbeat.json`. It comes as an agent in maintenance that never
 * beat: nobody may take it for alive, nor give it work, before its own daemon has registered.
 */
import { type Fields, isFields } from '../reading/items-in.ts';
import { digestOf, type Shaped, type Shaping, unfit } from './candidate.ts';
import { numberOf, pick, textOf, wordsOf } from './fields.ts';
import { fitted } from './fitted.ts';
import { timeOf } from './time-of.ts';

const SEEN = ['last_updated', 'last_update', 'last_heartbeat', 'timestamp', 'updated_at', 'time'] as const;

/** @param told everything that its files say, put together */
export function shapeServer(folder: string, told: Fields, { now, source }: Shaping): Shaped {
  const notes: string[] = [];
  const named = textOf(told, 'server_id', 'server', 'id', 'name') ?? folder;
  const seen = timeOf(told, notes, ...SEEN);
  const checked = fitted('agent', {
    host: (textOf(told, 'hostname', 'host') ?? named).slice(0, 255),
    pool: poolOf(told),
    labels: wordsOf(told, 'labels', 'tags').map((it) => it.slice(0, 100)),
    capabilities: {
      os: (textOf(told, 'os', 'platform') ?? 'unknown').slice(0, 50),
      arch: (textOf(told, 'arch', 'architecture') ?? 'unknown').slice(0, 50),
      cores: countIn(told, 'cpu_cores', 'cores'),
      memoryGB: Math.max(0, numberIn(told, 'memory_total_gb', 'memory_gb', 'total_memory_gb') ?? 0),
      diskGB: Math.max(0, numberIn(told, 'disk_total_gb', 'disk_gb', 'total_disk_gb') ?? 0),
      tools: {},
    },
    mode: 'maintenance',
    modeReason: `imported from ${source}${seen ? `, last seen ${seen}` : ''}: run \`gityard agent run\` there, then \`agent resume\``,
    modeSince: now,
    boot: 'imported',
    registeredAt: now,
  });
  if (!checked.ok) return unfit(checked.reason);
  const about = { sourceId: named, at: seen ?? now, digest: digestOf(named), notes, refers: [] };
  return { outcome: 'taken', candidate: { kind: 'agent', ...about, value: checked.value } };
}

function poolOf(told: Fields): string {
  const pool = textOf(told, 'pool', 'pool_name');
  if (pool !== null) return pool.slice(0, 100);
  const os = textOf(told, 'os', 'platform')?.toLowerCase() ?? '';
  if (/win(?!e)/.test(os) && !os.includes('darwin')) return 'Windows';
  return /darwin|mac ?os/.test(os) ? 'MacOS' : 'Linux';
}

const NESTED = ['system', 'resources', 'metrics', 'hardware', 'capabilities'] as const;

function numberIn(told: Fields, ...names: readonly string[]): number | null {
  const inner = NESTED.map((it) => pick(told, it)).filter(isFields);
  return [told, ...inner].map((it) => numberOf(it, ...names)).find((it) => it !== null) ?? null;
}

const countIn = (told: Fields, ...names: readonly string[]): number => {
  const number = numberIn(told, ...names) ?? 0;
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
};
