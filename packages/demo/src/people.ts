/** People of a synthetic yard: they ask for builds by day more than by night, talk, take locks, and change their minds. */

import type { Desk } from './desk.ts';
import type { Dice } from './dice.ts';
import { PEOPLE, PROJECTS } from './fleet.ts';

const [MINUTE_MS, HOUR_MS, DAY_MS] = [60_000, 3_600_000, 86_400_000];

export async function submitting(desk: Desk, jobsPerDay: number): Promise<void> {
  const dice = desk.dice.fork('submitting');
  for (;;) {
    const hour = Number(desk.now().slice(11, 13));
    const isDay = !desk.pace.sleeps || (hour >= 7 && hour < 19);
    await desk.clock.sleep(dice.about((DAY_MS / jobsPerDay) * (isDay ? 0.6 : 2.5)));
    await submit(desk, dice);
  }
}

/** So many at once. */
export async function asking(desk: Desk, jobs: number): Promise<void> {
  const dice = desk.dice.fork('asking');
  for (let at = 0; at < jobs; at++) await submit(desk, dice);
}

async function submit(desk: Desk, dice: Dice): Promise<void> {
  const { repository, branches, strategies, toolchain } = dice.pick(PROJECTS);
  const job = {
    ...{ repository, branch: dice.pick(branches), strategy: dice.pick(strategies), toolchain },
    commit: Array.from({ length: 40 }, () => '0123456789abcdef'[Math.floor(dice.random() * 16)]).join(''),
    priority: dice.pick([5, 5, 5, 5, 3, 8, 1]),
    retries: dice.chance(0.3) ? 1 : 0,
  };
  const isOnce = job.strategy !== 'Distributed' && job.strategy !== 'Canary';
  const more =
    isOnce && dice.chance(0.1) ? { locks: ['device'] } : isOnce && dice.chance(0.1) ? { group: 'deploy' } : {};
  const by = dice.pick(PEOPLE);
  const id = desk.id();
  await desk.as(by, 'submit', { id, job: { ...job, ...more }, by, now: desk.now() });
  if (dice.chance(0.06)) desk.going(changeMind(desk, { id, by, dice }));
}

async function changeMind(desk: Desk, { id, by, dice }: { id: string; by: string; dice: Dice }): Promise<void> {
  await desk.clock.sleep(dice.about(2 * MINUTE_MS));
  if (dice.chance(0.5)) await desk.as(by, 'cancel', { jobId: id, by, reason: 'not needed any more', now: desk.now() });
  else await desk.as(by, 'prioritise', { jobId: id, priority: 1, reason: 'a customer waits', now: desk.now() });
}

export async function talking(desk: Desk): Promise<void> {
  const dice = desk.dice.fork('talking');
  for (;;) {
    await desk.clock.sleep(dice.about(8 * HOUR_MS));
    const from = dice.pick(PEOPLE);
    const to = dice.chance(0.3) ? 'all' : dice.pick(desk.servers).id;
    const id = desk.id();
    const subject = dice.pick(SUBJECTS);
    const priority = dice.pick(['normal', 'normal', 'low', 'high'] as const);
    const message = { from, to, subject, body: `${subject}, please look at it.`, priority };
    await desk.as(from, 'send', { id, message, now: desk.now() });
    if (to === 'all' || dice.chance(0.3)) continue;
    await desk.clock.sleep(dice.about(20 * MINUTE_MS));
    await desk.as(to, 'read', { messageId: id, reader: to, now: desk.now() });
    const answer = { from: to, to: from, subject: `Re: ${subject}`, body: 'Done.', replyTo: id };
    await desk.as(to, 'send', { id: desk.id(), message: answer, now: desk.now() });
  }
}

const SUBJECTS: readonly [string, ...string[]] = [
  'the disk is nearly full',
  'a new SDK is there',
  'the tests are slow today',
  'please rebuild the release',
];

export async function locking(desk: Desk): Promise<void> {
  const dice = desk.dice.fork('locking');
  for (;;) {
    await desk.clock.sleep(dice.about(10 * HOUR_MS));
    const [name, holder] = [dice.pick(['release', 'staging', 'licence']), dice.pick(PEOPLE)];
    const forMs = MINUTE_MS + dice.about(40 * MINUTE_MS);
    const wish = { name, holder, ttlMs: 2 * forMs, waitUntil: null, reason: `${holder} works on ${name}` };
    const taken = await desk.as(holder, 'acquire', { ...wish, now: desk.now() });
    if (!taken.ok) continue;
    await desk.clock.sleep(forMs);
    await desk.as(holder, 'release', { name, holder, token: null, now: desk.now() });
  }
}

/** One server after the other gets its new software. */
export async function maintaining(desk: Desk): Promise<void> {
  const dice = desk.dice.fork('maintaining');
  for (;;) {
    await desk.clock.sleep(dice.about(4 * DAY_MS));
    const [by, agentId] = [dice.pick(PEOPLE), dice.pick(desk.servers).id];
    await desk.as(by, 'drain', { agentId, by, reason: 'updates', now: desk.now() });
    await desk.clock.sleep(dice.about(HOUR_MS));
    await desk.as(by, 'resume', { agentId, by, reason: null, now: desk.now() });
  }
}

export async function planning(desk: Desk): Promise<void> {
  const by = PEOPLE[0];
  for (const { repository, toolchain } of PROJECTS) {
    const name = `${repository.slice(repository.lastIndexOf('/') + 1)}-main`;
    const profile = { repository, branch: 'main', toolchain, schedules: [{ cron: '0 2 * * *' }], priority: 3 };
    await desk.as(by, 'set-branch', { name, profile, now: desk.now() });
  }
}
