/** Which servers the table shows, and in which order: what the address says, and nothing else. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { type AgentRow, byStanding, type JobRow } from '../../rows.ts';
import { STANDING_ORDER, STANDING_WORDS, type Standing } from '../../words.ts';

export interface ServerRow {
  readonly agent: AgentRow;
  readonly standing: Standing;
  /** All that it holds. */
  readonly jobs: readonly JobRow[];
  /** Of a moment that is over: how it stood was noted, its signs of life were not kept. */
  readonly isPast: boolean;
}

export type SortKey = (typeof SORT_KEYS)[number];
const SORT_KEYS = ['status', 'name', 'job', 'cpu', 'memory', 'disk', 'builds', 'success', 'uptime', 'heard'] as const;
export interface Sort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** `-cpu`: by processor, the busiest first. Without a word: the worst first. */
export function sortIn(word: string | undefined): Sort {
  const name = (word ?? '').replace(/^-/, '');
  const key = SORT_KEYS.find((it) => it === name) ?? 'status';
  return { key, isDescending: word?.startsWith('-') === true && key === name };
}

export function serverRows(model: ReadModel, now: Time): readonly ServerRow[] {
  const held = new Map<string, JobRow[]>();
  for (const job of model.jobs) if (job.agent !== null) held.set(job.agent, [...(held.get(job.agent) ?? []), job]);
  const isPast = model.by === 'history';
  return byStanding(model, now).map((row) => ({ ...row, jobs: held.get(row.agent.id) ?? [], isPast }));
}

/** Every word must hold: `status:silent pool:linux label:arm64`, or any text of its name, host, pool, labels and job. */
export function matches({ agent, standing, jobs }: ServerRow, query: string): boolean {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .every((word) => {
      const [, name = '', wanted = ''] = /^(status|pool|label|host|job):(.*)$/.exec(word) ?? [];
      const { id, pool, host = '', labels, status, mode = '' } = agent;
      if (name === 'status') return statusWords({ agent, standing }).some((it) => it.startsWith(wanted));
      if (name === 'pool') return pool.toLowerCase().startsWith(wanted);
      if (name === 'host') return host.toLowerCase().startsWith(wanted);
      if (name === 'label') return labels.some((it) => it.toLowerCase().startsWith(wanted));
      if (name === 'job') return jobs.some((it) => it.id.startsWith(wanted));
      const all = [id, host, pool, ...labels, status, mode, standing, ...jobs.map((it) => it.id)];
      return all.some((it) => it.toLowerCase().includes(word));
    });
}

const statusWords = ({ agent, standing }: Pick<ServerRow, 'agent' | 'standing'>): readonly string[] =>
  [standing, STANDING_WORDS[standing].word, agent.status, agent.mode ?? '', agent.strain].map((it) => it.toLowerCase());

const VALUES: Readonly<Record<SortKey, (row: ServerRow) => string | number | null>> = {
  status: ({ standing }) => STANDING_ORDER.indexOf(standing),
  name: ({ agent }) => agent.id,
  job: ({ jobs }) => jobs[0]?.startedAt ?? null,
  cpu: ({ agent }) => agent.cpuPercent,
  memory: ({ agent }) => agent.memoryPercent,
  disk: ({ agent }) => agent.diskFreeGB,
  builds: ({ agent }) => agent.buildsToday,
  success: ({ agent }) => agent.successPercent,
  uptime: ({ agent }) => agent.uptimePercent,
  heard: ({ agent }) => (agent.lastBeatAt === null ? null : Date.parse(agent.lastBeatAt)),
};

/** What is not known stands last, whichever way one sorts; equals keep their order, which is the worst first. */
export function sorted(rows: readonly ServerRow[], { key, isDescending }: Sort): readonly ServerRow[] {
  const valueIn = VALUES[key];
  const sign = isDescending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: valueIn(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      if (typeof a.value === 'string' || typeof b.value === 'string') {
        return sign * String(a.value).localeCompare(String(b.value), 'en', { numeric: true });
      }
      return sign * (a.value - b.value);
    })
    .map(({ row }) => row);
}
