/**
 * A synthetic yard whose past is over goes on in real time: its servers beat, claim, build, fail, fall silent and come back, and
 * people ask for more. Builds are words and waits, so that twenty servers cost a fraction of one processor.
 */
import type { Time } from '@gityard/domain';
import { openTransport } from '@gityard/store';
import { realClock } from './clock.ts';
import { Desk } from './desk.ts';
import { editing, mistyping } from './editor.ts';
import { fleetOf, PEOPLE, PROJECTS } from './fleet.ts';
import { OF_MINUTES } from './pace.ts';
import { asking, locking, maintaining, submitting, talking } from './people.ts';
import { ServerLife } from './server-life.ts';
import { beats, rounds } from './upkeep.ts';

export interface StartLiveFleet {
  /** Of the repository that the past was written into. */
  readonly address: string;
  readonly fleet: number;
  readonly beganAt: Time;
  readonly seed: number;
  /** A part of it has ended, which none should. */
  onTrouble(error: Error): void;
}

export interface LiveFleet {
  stop(): Promise<void>;
}

/** So that half of the servers have something to build. */
const JOBS_PER_SERVER_AND_DAY = 450;
const [SECOND_MS, MINUTE_MS] = [1_000, 60_000];

export async function startLiveFleet({ address, fleet, beganAt, seed, onTrouble }: StartLiveFleet): Promise<LiveFleet> {
  const clock = realClock(Date.parse(beganAt));
  const transport = openTransport(address);
  const open = () => transport;
  const servers = fleetOf(fleet);
  let stopped = false;
  const onFailure = (error: unknown): void => {
    if (!stopped) onTrouble(error as Error);
  };
  const desk = new Desk({
    beginsAt: beganAt,
    clock,
    isReal: true,
    open,
    seed: `${seed} live`,
    servers,
    pace: OF_MINUTES,
    onFailure,
  });
  await desk.yard.refresh();
  const lives = servers.map((server) => new ServerLife(desk, server));
  const missed = fleet > 3 ? lives.at(-1) : undefined;
  for (const life of lives) if (life !== missed) desk.going(life.run());
  if (missed) desk.going(beOnceSeen(desk, missed));
  desk.going(rounds(desk, lives, 'with a model'));
  // Something moves from the first look on.
  desk.going(asking(desk, Math.ceil(fleet / 2)));
  desk.going(submitting(desk, fleet * JOBS_PER_SERVER_AND_DAY));
  desk.going(unrest(desk));
  for (const work of [talking, locking, maintaining]) desk.going(work(desk));
  desk.going(editing(desk, { everyMs: 4 * MINUTE_MS, forMs: 3 * MINUTE_MS }));
  return {
    stop: async () => {
      stopped = true;
      clock.stop();
      await desk.yard.close();
      await transport.close();
    },
  };
}

/** And never again, so that somebody is missed. */
async function beOnceSeen(desk: Desk, life: ServerLife): Promise<void> {
  await life.appear();
  await beats(desk, [life], 'without a model');
  life.isAway = true;
}

/** What somebody has to look at, from the first moment on. */
async function unrest(desk: Desk): Promise<void> {
  const [ada, ben = ada, chen = ada] = PEOPLE;
  const [{ repository, toolchain }] = PROJECTS;
  const job = { repository, toolchain, branch: 'feature/search', labels: ['gpu'] };
  await desk.as(ada, 'submit', { id: desk.id(), job, by: ada, now: desk.now() });
  const message = {
    ...{ from: ben, to: 'all', priority: 'critical' as const, subject: 'the certificate ends on Friday' },
    body: 'Who has the new one? Please say so here.',
  };
  await desk.as(ben, 'send', { id: desk.id(), message, now: desk.now() });
  const wish = { name: 'release', holder: chen, ttlMs: 3 * 3_600_000, waitUntil: null, reason: 'version 4 goes out' };
  await desk.as(chen, 'acquire', { ...wish, now: desk.now() });
  const second = desk.servers[1];
  if (second) await desk.as(ada, 'maintain', { agentId: second.id, by: ada, reason: 'a new disk', now: desk.now() });
  await desk.clock.sleep(30 * SECOND_MS);
  await mistyping(desk);
}
