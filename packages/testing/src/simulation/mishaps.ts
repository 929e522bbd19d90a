/** What happens to machines: they are killed, stopped for a while, and their clocks are set. */
import type { Host } from './host.ts';
import type { FaultKind } from './swarm.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;

export function letThingsHappen(world: World, hosts: readonly Host[], { roughness = 1 }: { roughness?: number }): void {
  for (const host of hosts) {
    nowAndThen(world, { kind: 'crashes', everyMinutes: 8 / roughness }, () => host.crash());
    nowAndThen(world, { kind: 'pauses', everyMinutes: 8 / roughness }, () =>
      host.machine.stopFor(world.dice.chance(0.5) ? world.dice.about(20_000) : world.dice.about(3 * MINUTE_MS)),
    );
    nowAndThen(world, { kind: 'jumps', everyMinutes: 15 / roughness }, () =>
      host.machine.jump(world.dice.between(-10, 10) * MINUTE_MS),
    );
  }
}

interface Mishap {
  readonly kind: FaultKind;
  readonly everyMinutes: number;
}

function nowAndThen(world: World, mishap: Mishap, act: () => void): void {
  const { timeline, swarm, dice } = world;
  timeline.alarm(dice.about(mishap.everyMinutes * MINUTE_MS), () => {
    if (!swarm.has(mishap.kind)) return;
    swarm.count(mishap.kind);
    act();
    nowAndThen(world, mishap, act);
  });
}
