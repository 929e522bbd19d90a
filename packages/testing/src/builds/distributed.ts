/**
 * Fifty projects over five agents, twice: real .NET libraries, whose waves and merged result are looked at, and packages that
 * only sleep, so that the machine has cores enough to show how much faster five are than one.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Job } from '@gityard/domain';
import { buildBy, type Fleet, startFleet } from './fleet.ts';
import { check } from './say.ts';
import { writeSolution } from './solution.ts';

export async function show({ libraries = 40, tested = 10, sleepers = 50, sleepSeconds = 20 } = {}): Promise<void> {
  await withFleet(
    (folder) => writeSolution(folder, { libraries, tested, layers: 5 }),
    async (fleet) => {
      const job = await buildBy(fleet, 'Distributed');
      tell(job);
      check(
        job.status === 'succeeded',
        `${libraries + tested} projects were built in ${job.split?.children.length} parts`,
      );
      check(job.split?.projects === libraries + tested, 'all projects are in the parts');
      check(await wavesAreRight(fleet, job), 'no part began before those that it needs had ended');
      check(
        (job.result?.tests?.passed ?? 0) > 0 && job.result?.tests?.failed === 0,
        `tests: ${job.result?.tests?.passed}`,
      );
      check(((await fleet.asked('audit')) as { ok: boolean }).ok, 'the audit finds nothing wrong');
    },
  );
  await withFleet(
    (folder) => writeSleepers(folder, { count: sleepers, seconds: sleepSeconds }),
    async (fleet) => {
      const job = await buildBy(fleet, 'Distributed');
      tell(job);
      const together = secondsOf(job);
      const alone = sleepers * sleepSeconds;
      const times = alone / together;
      check(
        job.status === 'succeeded',
        `${sleepers} packages of ${sleepSeconds} s took ${together.toFixed(0)} s together`,
      );
      check(times >= 3, `${times.toFixed(1)} × faster than the ${alone} s that one agent sleeps at least`);
      console.log(await fleet.said('job', 'show', job.id));
    },
  );
}

async function withFleet(write: (folder: string) => unknown, act: (fleet: Fleet) => Promise<void>): Promise<void> {
  const fleet = await startFleet({ agents: 5, write });
  try {
    await act(fleet);
  } finally {
    await fleet.close();
  }
}

function tell({ split, result }: Job): void {
  console.log(`${result?.built}`);
  if (split === null) return;
  const { children, waves, aloneSeconds, togetherSeconds, criticalPath, agents } = split;
  console.log(
    `${children.length} parts in ${waves} waves for ${agents} agents; longest chain: ${criticalPath.join(' → ')}`,
  );
  console.log(`expected: ${aloneSeconds} s alone, ${togetherSeconds} s together`);
}

export const secondsOf = ({ submittedAt, endedAt }: Job): number =>
  (Date.parse(endedAt ?? '') - Date.parse(submittedAt)) / 1000;

async function wavesAreRight(fleet: Fleet, { id }: Job): Promise<boolean> {
  const all = (await fleet.asked('job', 'list')) as Job[];
  const parts = all.filter((it) => it.parent === id);
  const endOf = new Map(parts.map((it) => [it.id, Date.parse(it.endedAt ?? '')]));
  const startOf = (part: Job) => Date.parse(part.attempts[0]?.startedAt ?? '');
  return (
    parts.length > 1 && parts.every((it) => it.needs.every((need) => (endOf.get(need) ?? Number.NaN) <= startOf(it)))
  );
}

/** One that all need, a wide layer that sleeps, and one that needs all of that. */
export async function writeSleepers(
  folder: string,
  { count, seconds }: { count: number; seconds: number },
): Promise<void> {
  const middle = Array.from({ length: count - 2 }, (_, at) => `part${String(at + 1).padStart(2, '0')}`);
  const write = async (path: string, value: object) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), JSON.stringify(value));
  };
  const needing = (names: readonly string[]) => Object.fromEntries(names.map((it) => [it, '1.0.0']));
  const packages: readonly (readonly [string, readonly string[]])[] = [
    ['core', []],
    ...middle.map((it) => [it, ['core']] as const),
    ['whole', middle],
  ];
  await write('package.json', { name: 'sleepers', private: true, workspaces: ['packages/*'] });
  await writeFile(join(folder, '.gitignore'), 'node_modules\nout\n');
  const outputs = packages.map(([name]) => `packages/${name}/out`);
  await write('gityard.json', { cache: { outputs } });
  for (const [name, needs] of packages) {
    const scripts = { build: `sleep ${seconds} && mkdir -p out && echo ${name} > out/made.txt` };
    await write(`packages/${name}/package.json`, {
      name,
      version: '1.0.0',
      private: true,
      scripts,
      dependencies: needing(needs),
    });
  }
}
