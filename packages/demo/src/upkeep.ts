/** What agents do by the clock, done here for all of them: signs of life, the notes of the hours, requeues, the archive, rollback points, cuts. */
import { after, currentAttempt, elapsedMs, type Heartbeat, isHeld, readModel, SCHEMA_VERSION } from '@gityard/domain';
import { cutHistory, tagBuild, tidy } from '@gityard/yard';
import type { Desk } from './desk.ts';
import type { ServerLife } from './server-life.ts';

const DAY_MS = 86_400_000;

/** The read model is for who looks at it: of a past nobody sees any but the last. */
export async function rounds(desk: Desk, lives: readonly ServerLife[], how: Beats = 'without a model'): Promise<void> {
  for (;;) {
    await beats(desk, lives, how);
    await takeBack(desk, lives);
    await desk.as('watch', 'note-health', { now: desk.now() });
    await desk.clock.sleep(desk.pace.roundMs);
  }
}

type Beats = 'with a model' | 'without a model';

/** Of each server that is there. */
export async function beats(desk: Desk, lives: readonly ServerLife[], how: Beats): Promise<void> {
  const here = lives.filter(({ isAway }) => !isAway);
  const facts = { now: desk.now(), head: desk.yard.head, by: 'watch', push: null };
  await Promise.all(
    here.map((life) => {
      const heartbeat = heartbeatOf(desk, life);
      return desk.yard.live.beat({
        heartbeat: () => heartbeat,
        model: (heartbeats, sequence) =>
          how === 'with a model' ? readModel({ ...desk.state, heartbeats }, { ...facts, sequence }) : null,
      });
    }),
  );
}

function heartbeatOf(desk: Desk, { server, boot }: ServerLife): Heartbeat {
  const { clock, state } = desk;
  const held = [...state.jobs].filter((job) => isHeld(job) && job.agent === server.id);
  // Disks fill up over the days, until somebody cleans them.
  const full = ((clock.nowMs / DAY_MS + server.cores) % 21) / 21;
  const busy = held.length / server.slots;
  const machine = {
    cpuPercent: Math.round(4 + 80 * busy),
    memoryPercent: Math.round(20 + 40 * busy),
    diskPercent: Math.round(20 + 70 * full),
    diskFreeGB: Math.round(400 - 350 * full),
    load1: Math.round(busy * server.cores * 10) / 10,
    uptimeSeconds: Math.round(clock.nowMs / 1000),
    temperatureC: Math.round(38 + 25 * busy),
  };
  return {
    schemaVersion: SCHEMA_VERSION,
    ...{ agent: server.id, boot: boot ?? '', beat: Math.round(clock.nowMs / desk.pace.roundMs) },
    ...{ at: desk.now(), nextBeatBy: after(desk.now(), desk.pace.roundMs), host: server.id, pid: 1, version: '0.1.0' },
    jobs: held.map(({ id, token }) => ({ id, token, stage: 'Build', progress: null })),
    ...{ loops: [], upkeep: [], takesNoJobs: null, stopped: false, pushes: 2 },
    ...{ machine, before: null, remoteMs: 30, channels: [] },
  };
}

/** Jobs whose holder is away go back into the queue, once its lease is over. */
async function takeBack(desk: Desk, lives: readonly ServerLife[]): Promise<void> {
  for (const job of desk.state.jobs) {
    const attempt = isHeld(job) ? currentAttempt(job) : undefined;
    const life = lives.find(({ server }) => server.id === attempt?.agent);
    if (!attempt || !life || (!life.isAway && attempt.boot === life.boot)) continue;
    if (elapsedMs(attempt.startedAt, desk.now()) < desk.pace.leaseMs) continue;
    const reason = `${attempt.agent} gave no sign of life`;
    await desk.as('watch', 'requeue', { jobId: job.id, token: job.token, by: 'watch', reason, now: desk.now() });
  }
}

export async function tidying(desk: Desk): Promise<void> {
  for (;;) {
    await desk.clock.sleep(DAY_MS);
    await tidy(desk.yard, { now: desk.now() });
  }
}

/** The last good build of each branch becomes a point to go back to, each night. */
export async function tagging(desk: Desk): Promise<void> {
  for (;;) {
    await desk.clock.sleep(DAY_MS);
    const good = new Map(
      [...desk.state.jobs]
        .filter(({ status, branch, parent }) => status === 'succeeded' && branch !== null && parent === null)
        .sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? -1 : 1))
        .map((job) => [`${job.repository} ${job.branch}`, job]),
    );
    for (const job of good.values()) {
      const manifest = desk.state.manifests.get(job.id);
      if (!manifest || job.branch === null) continue;
      await tagBuild(desk.yard, { branch: job.branch, commit: manifest.commit, manifest, job, by: 'watch' });
    }
  }
}

/** After so many days each. */
export async function cutting(desk: Desk, days: readonly number[]): Promise<void> {
  for (const day of days) {
    await desk.clock.sleep(day * DAY_MS - desk.clock.nowMs);
    await cutHistory(desk.yard, { reason: 'it has grown long', ports: desk.ports });
  }
}
