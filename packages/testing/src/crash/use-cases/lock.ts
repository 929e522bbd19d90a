/** A script takes a lock, notes its token, and gives it back. */
import { untilDone } from '../../simulation/actors/program.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { countOf } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const NAME = 'database';
const HOLD = { name: NAME, holder: 'ci', ttlMs: 3_600_000, waitUntil: null, reason: null };

export const locking: UseCase = {
  name: 'taking a lock and giving it back',
  async live(world, life, boot) {
    const { disk } = life.machine;
    const yard = openSimulatedYard(world, life, { actor: 'ci', boot });
    if (disk.read('done')) return;
    if (disk.read('token') === undefined) {
      const taken = await untilDone(life, () => world.calls.perform(yard, 'acquire', { ...HOLD, now: yard.now() }));
      const { token } = taken.ok && taken.result.held ? taken.result : { token: 0 };
      await untilDone(life, () => disk.write(life, 'token', token));
    }
    const token = disk.read<number>('token') ?? null;
    await untilDone(life, () =>
      world.calls.perform(yard, 'release', { name: NAME, holder: 'ci', token, now: yard.now() }),
    );
    await untilDone(life, () => disk.write(life, 'done', true));
  },
  isDone: (_, state) => state?.locks.get(NAME)?.holders.length === 0,
  judge: (world, { locks }) => [
    ...(countOf(world, 'release') === 1 ? [] : [`it was released ${countOf(world, 'release')} times`]),
    // Asked for twice by one holder is held once: the second time renews it.
    ...(locks.get(NAME)?.token === 1 ? [] : [`it is at token ${locks.get(NAME)?.token}`]),
  ],
};
