/**
 * What five agents make of one Distributed build: packages that only sleep, so that this machine has cores enough, by the real
 * program from the queue to the merged result. Held against what one agent sleeps at least.
 */
import { secondsOf, writeSleepers } from '../../builds/distributed.ts';
import { buildBy, startFleet } from '../../builds/fleet.ts';
import { type Micro, summarise } from './micro.ts';

const PACKAGES = 32;
const SLEEP_SECONDS = 5;

export const distributedSpeed: Micro = async ({ size }) => {
  if (size === 'quick') return [];
  const write = (folder: string) => writeSleepers(folder, { count: PACKAGES, seconds: SLEEP_SECONDS });
  const fleet = await startFleet({ agents: 5, write });
  try {
    const job = await buildBy(fleet, 'Distributed');
    if (job.status !== 'succeeded') throw new Error(`the distributed build ${job.status}`);
    const together = secondsOf(job);
    const alone = PACKAGES * SLEEP_SECONDS;
    const what = `${PACKAGES} packages of ${SLEEP_SECONDS} s over 5 agents`;
    return [
      summarise({ key: 'distributed-together', what }, [together * 1000]),
      summarise({ key: 'distributed-speed-up', what: 'so much faster than one', unit: '×' }, [alone / together]),
    ];
  } finally {
    await fleet.close();
  }
};
