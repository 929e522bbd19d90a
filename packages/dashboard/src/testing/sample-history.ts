/** The past of the sample yard: a month of points for the charts, and the attempts behind them. The same every time. */
import { after, type Time } from '@gityard/domain';

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];

/** Numbers between 0 and 1 that look random and are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

export function sampleHistory(now: Time): object[] {
  const next = numbers(7);
  const hour = `${now.slice(0, 13)}:00:00.000Z`;
  const day = `${now.slice(0, 10)}T00:00:00.000Z`;
  const points = (count: number, { span, at }: { span: 'hour' | 'day'; at: (back: number) => Time }) =>
    Array.from({ length: count }, (_, index) => {
      const back = count - 1 - index;
      const times = span === 'day' ? 9 : 1;
      const busy = Math.max(0, Math.sin((index / count) * Math.PI * (span === 'day' ? 8 : 2))) + 0.2;
      const failed = next() < 0.3 * busy ? Math.ceil(next() * 2 * times * 0.4) : 0;
      const queued = Math.round(next() * 9 * busy);
      return {
        at: at(back),
        span,
        succeeded: Math.round(busy * 4 * times * (0.6 + next() * 0.6)),
        failed,
        queued,
        running: Math.min(4, Math.round(next() * 4 * busy)),
        agentsFresh: 4,
        p50Seconds: index % 11 === 3 ? null : Math.round(320 + 180 * next() + index * 2),
        oldestWaitSeconds: queued === 0 ? null : Math.round(60 + next() * 1500 * busy),
      };
    });
  return [
    ...points(24, { span: 'hour', at: (back) => after(hour, -back * HOUR_MS) }),
    ...points(30, { span: 'day', at: (back) => after(day, -back * DAY_MS) }),
  ];
}

const PROJECTS = [
  { repository: 'https://git.example/apache/cloudstack.git', branch: 'main', strategy: 'Cached', seconds: 840 },
  { repository: 'git@git.example:team/vnf-broker.git', branch: 'release/4.21', strategy: 'Incremental', seconds: 310 },
  { repository: 'https://git.example/web/portal', branch: 'main', strategy: 'Incremental', seconds: 95 },
  { repository: 'https://git.example/web/portal', branch: 'nightly', strategy: 'Clean', seconds: 410 },
  { repository: 'https://git.example/apple/agent-tray', branch: 'main', strategy: 'Distributed', seconds: 620 },
];
const AGENTS = ['build1', 'build2', 'build3', 'build1', 'mac-mini'];
const CAUSES = ['code', 'code', 'code', 'timeout', 'infrastructure'];

/** Path → lines of `shared/metrics`, for the thirty days before. */
export function sampleMetrics(now: Time, count = 2_400): Record<string, string> {
  const next = numbers(11);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const { seconds: usual, ...project } = pick(PROJECTS);
    const seconds = Math.round(usual * (0.7 + next() * 0.6) * (next() < 0.02 ? 3.4 : 1));
    const startedAt = after(now, -Math.round((1 - index / count) * 30 * DAY_MS) - seconds * 1000);
    const roll = next();
    const outcome =
      roll < 0.07
        ? { status: 'failed', cause: pick(CAUSES) }
        : roll < 0.08
          ? { status: 'lost' }
          : { status: 'succeeded' };
    const path = `shared/metrics/${after(startedAt, seconds * 1000).slice(0, 7)}.jsonl`;
    const record = {
      job: `01kam${index}`,
      attempt: 1,
      agent: pick(AGENTS),
      ...project,
      startedAt,
      seconds,
      ...outcome,
    };
    files[path] = `${files[path] ?? ''}${JSON.stringify(record)}\n`;
  }
  return files;
}
