/** The way to the Git server fails, for one or for all, in one of the ways that hosts, proxies and cables know. */
import { type FaultMode, type FaultName, slow } from '../../fault-modes.ts';
import type { FaultProxy } from '../../fault-proxy.ts';
import type { World } from '../world.ts';
import { type Act, lasting, type Scene } from './act.ts';

type Fault = Exclude<FaultName, 'ok'>;
/** In turn, so that no run leaves one out that is long enough; what is worst for a database comes first. */
const FAULTS: readonly [Fault, ...Fault[]] = [
  'lose-reply',
  'reset',
  'cut-reply',
  '503',
  'hang',
  '401',
  'slow',
  '429',
  '500',
  '403',
  'html',
  '404',
  'redirect',
];
const FOR_ALL = 0.2;
const HANGS_ON = 0.25;

export const breakNetwork: Act = {
  name: 'network',
  weight: 4,
  async play(scene) {
    const { world, random, turn } = scene;
    const mode = modeOf(FAULTS[turn % FAULTS.length] ?? FAULTS[0], scene);
    const names = random.next() < FOR_ALL ? [...world.networks.keys()] : [random.pick(someNetworks(world))];
    const broken = proxiesOf(world, names);
    const sinceMs = performance.now();
    for (const proxy of broken) proxy.setMode(mode);
    await lasting(scene, 1, 10);
    // Some of those who hang go on hanging: that the network is well again is nothing that a caller would be told.
    const end =
      random.next() < HANGS_ON ? (proxy: FaultProxy) => proxy.setMode('ok') : (proxy: FaultProxy) => proxy.heal();
    broken.forEach(end);
    world.timeline.healed(names, sinceMs);
    await startAnewWhoRests(scene);
  },
};

function modeOf(fault: Fault, { random }: Scene): FaultMode {
  return fault === 'slow' ? slow(random.between(300, 3_000)) : fault;
}

function someNetworks({ networks, agents }: World): [string, ...string[]] {
  return [agents[0].setup.name, ...[...networks.keys()].slice(1)];
}

function proxiesOf({ networks }: World, names: readonly string[]): FaultProxy[] {
  return names.flatMap((name) => networks.get(name) ?? []);
}

/** Who was denied says that it leaves the host alone for minutes; somebody who mends the access starts it anew. */
export async function startAnewWhoRests({ world }: Pick<Scene, 'world'>): Promise<number> {
  const resting = world.agents.filter((it) => it.isUp && it.needsAPerson);
  await Promise.all(
    resting.map(async (agent) => {
      await agent.stop();
      agent.start();
    }),
  );
  return resting.length;
}
