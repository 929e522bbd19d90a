/** `gityard demo`: a yard with weeks of a made-up past, and a made-up fleet that goes on with it, behind a real server and page. */

import { makeSyntheticYard, startLiveFleet } from '@gityard/demo';
import { after } from '@gityard/domain';
import { openTransport } from '@gityard/store';
import type { LogLine } from '@gityard/telemetry';
import { newId, type Refs } from '@gityard/yard';
import { type LocalYard, startLocalYard } from '../up/local-yard.ts';

export interface Demo {
  readonly folder: string;
  readonly port: number;
  readonly refs: Refs;
  readonly env: NodeJS.ProcessEnv;
  readonly fleet: number;
  readonly days: number;
  readonly seed: number;
  /** Only the past: nothing moves. */
  readonly still: boolean;
  readonly stop: AbortSignal;
  say(text: string): void;
  tell(line: LogLine): void;
  onPage(url: string): void;
}

const NAME = 'Demonstration (nothing here is real)';
const BEATS_SECONDS = 10;
const JOBS_PER_SERVER_AND_DAY = 3;
const DAY_MS = 86_400_000;

const CONFIG = {
  name: NAME,
  heartbeat: { intervalSeconds: BEATS_SECONDS },
  push: { perMinute: 0 },
  health: { silentAtLeastSeconds: 3 * BEATS_SECONDS },
  poll: { seconds: 1 },
};

/** Until it is told to stop. */
export async function runDemo(demo: Demo): Promise<void> {
  const { folder, port, refs, env, tell, say, stop, fleet, days, seed } = demo;
  const until = new Date().toISOString();
  say(`writing ${days} days of ${fleet} servers that never were…`);
  const fill = async (repository: string): Promise<void> => {
    const target = openTransport(repository);
    const jobsPerDay = fleet * JOBS_PER_SERVER_AND_DAY;
    const onDay = (day: number): void => tell({ level: 'debug', text: `day ${day} of ${days}` });
    const config = { ...CONFIG, yardId: newId() };
    await makeSyntheticYard(target, { days, until, fleet, jobsPerDay, seed, config, signal: stop, onDay });
    await target.close();
  };
  const local = await startLocalYard({ folder, port, refs, env, tell, fill, allowHosts: [] });
  try {
    say('this is a demonstration: its servers, builds and people are made up');
    say(`yard    ${local.address}  (gityard status --yard ${local.address})`);
    say(`page    ${local.page}`);
    say(`files   ${folder}`);
    demo.onPage(local.page);
    await goOn(local, demo, after(until, -days * DAY_MS));
  } finally {
    await local.close();
  }
}

async function goOn({ address }: LocalYard, { still, stop, fleet, seed, tell }: Demo, beganAt: string): Promise<void> {
  const onTrouble = ({ message }: Error): void =>
    tell({ level: 'warn', text: `a part of the demonstration ended: ${message}` });
  const live = still ? undefined : await startLiveFleet({ address, fleet, beganAt, seed, onTrouble });
  try {
    if (!stop.aborted)
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
  } finally {
    await live?.stop();
  }
}
