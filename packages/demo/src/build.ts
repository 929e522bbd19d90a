/** What a build comes to: how long each of its stages takes, and how it ends. Thrown with dice, and plausible. */
import { createHash } from 'node:crypto';
import { type Artifact, after, type InputOf, type Job, type Stage, type Time } from '@gityard/domain';
import type { Dice } from './dice.ts';
import { PROJECTS, type Server } from './fleet.ts';

const SHARES = { Fetch: 0.05, Restore: 0.15, Build: 0.45, Test: 0.3, Package: 0.05 } as const;
/** What of a clean build a strategy has to do, and how much of the cache it finds. */
const STRATEGIES = { Incremental: 0.4, Clean: 1, Cached: 0.3, Distributed: 0.35, Canary: 0.5 } as const;
const UNKNOWN_SECONDS = 60;

export interface Build {
  readonly seconds: number;
  /** From the moment it began on. */
  readonly ending: (beganAt: Time) => Ending;
}
type Ending = Omit<InputOf<'finish'>, 'jobId' | 'agentId' | 'token' | 'now'>;

export function buildOf(job: Job, { server, dice }: { readonly server: Server; readonly dice: Dice }): Build {
  const project = PROJECTS.find(({ repository }) => repository === job.repository);
  const whole = project?.seconds ?? UNKNOWN_SECONDS;
  const seconds = Math.max(5, (whole * STRATEGIES[job.strategy] * dice.between(0.75, 1.5)) / server.speed);
  const failing = dice.chance(project?.failing ?? 0);
  const cause = dice.chance(0.15) ? 'infrastructure' : dice.chance(0.1) ? 'timeout' : 'code';
  // A build that fails does so somewhere in the middle.
  const taken = Math.round(failing ? seconds * dice.between(0.3, 0.95) : seconds);
  const testCount = Math.round(dice.between(80, 900));
  const commit = job.commit ?? sha('sha1', dice);
  return {
    seconds: taken,
    ending: (beganAt) => ({
      status: failing ? 'failed' : 'succeeded',
      cause: failing ? cause : null,
      exitCode: failing ? 1 : 0,
      signal: null,
      reason: failing ? REASONS[cause] : null,
      stages: stagesOf(beganAt, { seconds: taken, isFailed: failing }),
      commit,
      result: {
        exitCode: failing ? 1 : 0,
        artifacts: failing ? 0 : 2,
        tests: failing && cause !== 'code' ? null : testsOf(testCount, failing),
        isolation: 'bubblewrap',
        cache: job.strategy === 'Cached' ? cacheOf(dice) : null,
      },
      testRuns: failing && cause !== 'code' ? null : runsOf(failing, dice),
      manifest: failing ? null : manifestOf(job, { server, commit, dice, at: after(beganAt, taken * 1000) }),
    }),
  };
}

const REASONS = {
  code: '2 tests failed',
  infrastructure: 'the registry of packages did not answer',
  timeout: 'it ran longer than it may',
} as const;

const testsOf = (total: number, failing: boolean) => ({
  total,
  passed: total - (failing ? 2 : 0) - 3,
  failed: failing ? 2 : 0,
  skipped: 3,
});

const FLAKY = ['login.times out', 'upload.goes on'] as const;
const TESTS: readonly [string, ...string[]] = ['search.finds nothing', 'search.finds all', 'report.is whole', ...FLAKY];

/** Two of them pass when they are tried again, now and then. */
function runsOf(failing: boolean, dice: Dice): Ending['testRuns'] {
  const retried: string[] = dice.chance(0.12) ? [dice.pick(FLAKY)] : [];
  const failed: string[] = failing ? [dice.pick(TESTS), FLAKY[0]].filter((it, at, all) => all.indexOf(it) === at) : [];
  const passed = TESTS.filter((it) => !failed.includes(it) && !retried.includes(it));
  return { failed, passed, retried: retried.filter((it) => !failed.includes(it)) };
}

function cacheOf(dice: Dice) {
  const hits = Math.round(dice.between(2, 20));
  return { hits, misses: Math.round(dice.between(0, 6)) };
}

export function stagesOf(beganAt: Time, { seconds, isFailed }: { seconds: number; isFailed: boolean }): Stage[] {
  const endsAt = after(beganAt, seconds * 1000);
  let at = beganAt;
  return Object.entries(SHARES).map(([name, share]) => {
    const startedAt = at;
    at = after(at, seconds * share * 1000);
    const fails = isFailed && name === 'Test';
    const isReached = !isFailed || name !== 'Package';
    return {
      name,
      status: fails ? 'Failed' : isReached ? 'Succeeded' : 'Skipped',
      startedAt: isReached ? startedAt : null,
      endedAt: isReached ? (fails ? endsAt : at) : null,
      warnings: name === 'Build' ? 3 : 0,
      errors: fails ? 2 : 0,
      message: null,
    };
  });
}

interface Made {
  readonly server: Server;
  readonly commit: string;
  readonly dice: Dice;
  readonly at: Time;
}

function manifestOf(job: Job, { server, commit, dice, at }: Made): Ending['manifest'] {
  const artifacts = ['bin/app.tar.gz', 'bin/symbols.zip'].map((path) => artifactOf(path, dice));
  const { id, token, branch } = job;
  return { schemaVersion: 1, job: id, agent: server.id, token, branch, commit, createdAt: at, artifacts };
}

function artifactOf(path: string, dice: Dice): Artifact {
  const sizeBytes = Math.round(dice.between(1e6, 9e7));
  const name = path.slice(path.lastIndexOf('/') + 1);
  const sha256 = sha('sha256', dice);
  return { name, path, sizeBytes, contentType: 'application/octet-stream', md5: null, sha256, sha512: null };
}

const sha = (algorithm: 'sha1' | 'sha256', dice: Dice): string =>
  createHash(algorithm).update(`${dice.random()}`).digest('hex');
