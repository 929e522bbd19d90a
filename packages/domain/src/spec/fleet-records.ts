/**
 * A made-up fleet whose builds take as long as is laid down here, but for chance: what prediction finds in its records can be
 * held against what is true. For specs alone.
 */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import { after, type Time, toMs } from '../time.ts';

/** Always the same numbers for a seed, each between 0 and 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const PROJECTS = [
  { repository: 'https://git.example.org/app', branch: 'main', seconds: 600 },
  { repository: 'https://git.example.org/app', branch: 'release/1', seconds: 900 },
  { repository: 'https://git.example.org/lib', branch: 'main', seconds: 60 },
  { repository: 'https://git.example.org/site', branch: 'main', seconds: 200 },
] as const;
/** How long each agent takes, compared with the others. */
const AGENTS = { fast: 0.7, usual: 1, slow: 1.8 } as const;
/** Office hours, in UTC, in which the machines have other things to do as well. */
const isBusy = (at: Time): boolean => new Date(toMs(at)).getUTCHours() >= 9 && new Date(toMs(at)).getUTCHours() < 17;
const BUSY_FACTOR = 1.5;
/** From then on `site` takes twice as long. */
export const SITE_GREW_AT = '2026-02-01T00:00:00.000Z';
const FIRST: Time = '2026-01-01T00:00:00.000Z';
const DEVIATION = 0.15;

type Kind = Pick<AttemptRecord, 'repository' | 'branch' | 'agent' | 'startedAt'>;

/** What chance is added to. */
export function trueSeconds({ repository, branch, agent, startedAt }: Kind): number {
  const project = PROJECTS.find((it) => it.repository === repository && it.branch === branch);
  const grown = repository?.endsWith('/site') && startedAt >= SITE_GREW_AT ? 2 : 1;
  const busy = isBusy(startedAt) ? BUSY_FACTOR : 1;
  return (project?.seconds ?? 0) * (AGENTS[agent as keyof typeof AGENTS] ?? 1) * busy * grown;
}

/** In the order of time, one about every half hour. */
export function fleetRecords(seed: number, count: number): AttemptRecord[] {
  const random = randomOf(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, at) => {
    const { repository, branch } = oneOf(PROJECTS);
    const agent = oneOf(Object.keys(AGENTS));
    const startedAt = after(FIRST, Math.round((at + random()) * 1_800_000));
    const usual = trueSeconds({ repository, branch, agent, startedAt });
    const failed = random() < 0.1;
    const stretched = usual * Math.exp(DEVIATION * normal(random)) * (random() < 0.01 ? 8 : 1);
    return {
      schemaVersion: 1,
      job: `j${at}`,
      attempt: 1,
      agent,
      repository,
      branch,
      commit: null,
      toolchain: null,
      strategy: 'Incremental',
      startedAt,
      // What fails does so at any moment.
      seconds: failed ? stretched * random() : stretched,
      queuedSeconds: 5,
      status: failed ? 'failed' : 'succeeded',
      cause: failed ? 'code' : null,
      artifacts: 0,
      bytes: 0,
    };
  });
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
