/** An agent has its operations pushed by the relay of its site: once the relay dies over them, and once the agent does. */
import { memberYard } from '../../simulation/actors/member.ts';
import { untilDone } from '../../simulation/actors/program.ts';
import { openRelay } from '../../simulation/actors/relay.ts';
import { Life } from '../../simulation/life.ts';
import { machineOf } from '../../simulation/make-world.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import type { World } from '../../simulation/world.ts';
import { NOON } from '../bystander.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const ROUNDS = [1, 2, 3];
const BETWEEN_MS = 2_000;
const IDS = ROUNDS.flatMap((round) => [`a${round}`, `b${round}`]);

/** Two at a time, so that they travel together. Asked for again, each is known by its id. */
async function beMember(world: World, life: Life, boot: string): Promise<void> {
  const yard = memberYard(world, life, openSimulatedYard(world, life, { actor: 'member', boot }));
  const submit = async (id: string) => {
    const input = { id, job: { command: ['build'] }, by: 'ada', now: NOON };
    await untilDone(life, () => world.calls.perform(yard, 'submit', input));
    world.promises.heard(id);
  };
  for (const round of ROUNDS) {
    await life.ports.sleep(BETWEEN_MS);
    await Promise.all([submit(`a${round}`), submit(`b${round}`)]);
  }
}

const elsewhere = (world: World, name: string): Life => new Life(machineOf(world, name), world.dice.fork(name));

const once: Pick<UseCase, 'isDone' | 'judge'> = {
  isDone: ({ promises }) => IDS.every((id) => promises.jobs.has(id)),
  judge: (world, { jobs }) => [
    ...expectCounts(world, { submit: IDS.length }),
    ...(world.swarm.counts.get('relay') ? [] : ['the relay was not asked']),
    ...(jobs.size === IDS.length ? [] : [`there are ${jobs.size} jobs`]),
  ],
};

export const relaying: UseCase = {
  name: 'performing for the agents of a site',
  ...once,
  async prepare(world) {
    void beMember(world, elsewhere(world, 'member'), 'b1');
  },
  live: openRelay,
};

export const askingRelay: UseCase = {
  name: 'asking the relay of the site',
  ...once,
  async prepare(world) {
    void openRelay(world, elsewhere(world, 'relay'), 'b1');
  },
  live: beMember,
};
