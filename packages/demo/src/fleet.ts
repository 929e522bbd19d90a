/** Who works in a synthetic yard, and on what. None of it is anybody's. */
import type { AttemptRecord } from '@gityard/domain';

type Strategy = AttemptRecord['strategy'];

export interface Project {
  readonly repository: string;
  readonly branches: readonly [string, ...string[]];
  readonly toolchain: 'dotnet' | 'npm' | 'maven' | 'make';
  /** How long one is built, clean and undisturbed. */
  readonly seconds: number;
  readonly strategies: readonly [Strategy, ...Strategy[]];
  /** The share of its builds that its own code lets fail. */
  readonly failing: number;
}

/**
 * No name holds a long run of letters and digits: what could be a token is looked at by a library that takes real time, which
 * a timeline does not wait for.
 */
export const PROJECTS: readonly [Project, ...Project[]] = [
  {
    repository: 'https://git.example/acme/console',
    branches: ['main', 'main', 'main', 'release/next', 'feature/search'],
    toolchain: 'npm',
    seconds: 420,
    strategies: ['Incremental', 'Incremental', 'Cached', 'Clean'],
    failing: 0.12,
  },
  {
    repository: 'https://git.example/acme/engine',
    branches: ['main', 'main', 'release/next'],
    toolchain: 'dotnet',
    seconds: 1_500,
    strategies: ['Incremental', 'Cached', 'Distributed', 'Clean'],
    failing: 0.2,
  },
  {
    repository: 'https://git.example/acme/gateway',
    branches: ['main', 'hotfix/timeouts'],
    toolchain: 'maven',
    seconds: 900,
    strategies: ['Cached', 'Incremental', 'Canary'],
    failing: 0.08,
  },
  {
    repository: 'https://git.example/acme/firmware',
    branches: ['main'],
    toolchain: 'make',
    seconds: 240,
    strategies: ['Clean'],
    failing: 0.05,
  },
];

export interface Server {
  readonly id: string;
  readonly pool: string;
  readonly slots: number;
  readonly cores: number;
  /** How much faster than others. */
  readonly speed: number;
}

export const SERVERS: readonly [Server, ...Server[]] = [
  { id: 'build1', pool: 'Linux', slots: 2, cores: 16, speed: 1.2 },
  { id: 'build2', pool: 'Linux', slots: 1, cores: 8, speed: 1 },
  { id: 'build3', pool: 'Linux', slots: 1, cores: 8, speed: 0.9 },
  { id: 'arm1', pool: 'Docker', slots: 1, cores: 4, speed: 0.6 },
  { id: 'mac1', pool: 'MacOS', slots: 1, cores: 10, speed: 1.1 },
  { id: 'win1', pool: 'Windows', slots: 1, cores: 8, speed: 0.8 },
];

/** Servers of those sorts, so many, and quicker: what they build ends while somebody looks on. */
export function fleetOf(size: number): readonly [Server, ...Server[]] {
  const [first, ...others] = Array.from({ length: Math.max(1, size) }, (_, at) => {
    const like = SERVERS[at % SERVERS.length] ?? SERVERS[0];
    const round = Math.floor(at / SERVERS.length);
    const id = like.id.replace(/\d+$/, (number) => `${Number(number) + round * (like.pool === 'Linux' ? 3 : 1)}`);
    return { ...like, id, speed: like.speed * QUICKER };
  });
  return [first ?? SERVERS[0], ...others];
}
const QUICKER = 3;

export const PEOPLE: readonly [string, ...string[]] = ['ada', 'ben', 'chen'];
