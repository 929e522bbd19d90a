/** What single pushes of our store cost this process and the wire, one after the other on a repository as it is. */
import { cpuSince, cpuTime } from '../cpu.ts';
import { operationOf } from '../operation.ts';
import { trafficBetween, type World } from '../server.ts';
import { openStoreVariant } from '../variants/store.ts';
import type { OpenVariant } from '../variants/variant.ts';

export interface PushCosts {
  /** Of each push. */
  readonly cpuMs: readonly number[];
  /** Per push, over all of them. */
  readonly bytesUp: number;
  readonly bytesDown: number;
}

/** The first ones pay for compiling and for a connection. */
const WARM_UP = 5;

export async function pushCosts(
  world: World,
  { pushes, open = openStoreVariant }: { pushes: number; open?: OpenVariant },
): Promise<PushCosts> {
  const writer = `cost${world.name.replaceAll(/[^a-z0-9]/g, '')}`;
  const variant = await open({ url: world.url, folder: world.folder, writer });
  try {
    for (let number = 1; number <= WARM_UP; number++) await variant.land(operationOf(writer, number), NEVER);
    const before = await world.traffic();
    const cpuMs: number[] = [];
    for (let number = 1; number <= pushes; number++) {
      const start = cpuTime();
      await variant.land(operationOf(writer, WARM_UP + number), NEVER);
      cpuMs.push(cpuSince(start).ownMs);
    }
    const { bytesUp, bytesDown } = trafficBetween(before, await world.traffic());
    return { cpuMs, bytesUp: bytesUp / pushes, bytesDown: bytesDown / pushes };
  } finally {
    await variant.close();
  }
}

const NEVER = new Date(8.64e15);
