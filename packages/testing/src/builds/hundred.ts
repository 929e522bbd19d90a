/** A hundred short builds, added at once, on ten agents of one machine: all of them end, and none is built twice. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from '@gityard/domain';
import { startFleet } from './fleet.ts';
import { check } from './say.ts';

export async function show({ builds = 100, agents = 10 } = {}): Promise<void> {
  const fleet = await startFleet({
    agents,
    write: (folder) =>
      writeFile(join(folder, 'Makefile'), 'all:\n\t@echo built > made.txt\ntest:\n\t@grep -q built made.txt\n'),
  });
  try {
    const startedAt = performance.now();
    const wish = ['job', 'add', '--repo', fleet.repository, '--branch', 'main', '--strategy', 'Clean'];
    for (let at = 0; at < builds; at++) await fleet.asked(...wish);
    const jobs = await ended(fleet, builds);
    const seconds = (performance.now() - startedAt) / 1000;
    const builtOn = new Set(jobs.map((it) => it.attempts.at(-1)?.agent));
    const twice = jobs.filter((it) => it.attempts.filter(({ status }) => status === 'succeeded').length !== 1);
    console.log(`${jobs.length} builds on ${builtOn.size} agents in ${seconds.toFixed(0)} s`);
    check(jobs.length === builds && jobs.every((it) => it.status === 'succeeded'), 'all have succeeded');
    check(twice.length === 0, 'none was built twice');
    check(((await fleet.asked('audit')) as { ok: boolean }).ok, 'the audit finds nothing wrong');
  } finally {
    await fleet.close();
  }
}

async function ended(fleet: Awaited<ReturnType<typeof startFleet>>, builds: number): Promise<readonly Job[]> {
  for (;;) {
    const jobs = (await fleet.asked('job', 'list')) as Job[];
    const over = jobs.filter((it) => it.endedAt !== null);
    if (over.length >= builds) return over;
    await delay(2_000);
  }
}
