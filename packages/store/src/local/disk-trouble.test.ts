import { join } from 'node:path';
import { waitFor } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { ids, linesOf, oneByOne, REF } from '../ledger.fixture.ts';
import { type Disk, systemDisk } from './disk.ts';
import { type LocalWorld, localWorld, once } from './local.fixture.ts';

let world: LocalWorld;

beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.remove());

type Step = 'read' | 'list' | 'makeFolder' | 'write' | 'move' | 'remove';
const CHANGES: readonly Step[] = ['makeFolder', 'write', 'move', 'remove'];

it.each(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE'])(
  'gives up for now at %s, and catches up later',
  async (code) => {
    const switched = { on: false };
    const fails = (step: Step) => (switched.on && CHANGES.includes(step) ? code : undefined);
    const { ledger, told, close } = world.live({ disk: (scratch) => failing(systemDisk(scratch), fails) });
    await ledger.perform({ id: 'a' });
    await world.settled();
    switched.on = true;

    await oneByOne(ids(20), (id) => ledger.perform({ id }));
    await waitFor(() => told.length > 0, { what: 'the trouble is told' });
    switched.on = false;
    await ledger.perform({ id: 'b' });
    await world.settled();
    await close();

    expect(linesOf(ledger.snapshot)).toEqual(['a', ...ids(20), 'b']);
    expect(told.map((it) => it.kind)).toEqual(['failed', 'works']);
    expect(told[0]?.text).toContain(code);
    expect(await world.setAside()).toEqual([]);
    expect(await world.fsck()).toBe('');
  },
);

it('starts without its copy while files cannot be opened, and sets nothing aside for that', async () => {
  await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));

  const disk = (scratch: string) => failing(systemDisk(scratch), (step) => (step === 'read' ? 'EMFILE' : undefined));
  const life = await once(world, ({ ledger }) => ledger.perform({ id: 'b' }), { disk });

  expect(linesOf(life.ledger.snapshot)).toEqual(['a', 'b']);
  expect(life.told.map((it) => it.kind)).toEqual(['failed']);
  expect(await world.setAside()).toEqual([]);
  expect(await world.fsck()).toBe('');
});

it.each([
  ['begins its copy', 0],
  ['adds to its copy', 1],
  ['packs its copy anew', 21],
])('starts from a whole copy although a program was killed at any step while it %s', async (_, lives) => {
  await oneByOne(ids(lives), (id) => once(world, ({ ledger }) => ledger.perform({ id })));
  const steps = await stepsOf(world);
  expect(steps).toBeGreaterThan(5);

  for (let last = 0; last < steps; last += 1) {
    const own = await world.clone();
    await lifeOn(own, dying(last));
    const life = await once(own, ({ ledger }) => ledger.perform({ id: 'z' }));

    const what = `killed at step ${last} of ${steps}`;
    expect(linesOf(life.ledger.snapshot), what).toEqual([...ids(lives), 'y', 'z']);
    expect(life.told, what).toEqual([]);
    expect(await own.fsck(), what).toBe('');
    expect(await own.git('rev-parse', REF), what).toBe(own.remote.refs.get(REF));
  }
});

async function stepsOf(prepared: LocalWorld): Promise<number> {
  let count = 0;
  const counting = async () => {
    count += 1;
  };
  await lifeOn(await prepared.clone(), (disk) => stepping(disk, counting));
  return count;
}

type Wrap = (disk: Disk, scratch: string) => Disk;

async function lifeOn(own: Pick<LocalWorld, 'live'>, wrap: Wrap): Promise<void> {
  const disk = (scratch: string) => wrap(systemDisk(scratch), scratch);
  await once(own, ({ ledger }) => ledger.perform({ id: 'y' }), { disk });
}

/** Nothing happens any more after that many changes; the last one is half done. */
function dying(last: number): Wrap {
  let count = 0;
  return (disk, scratch) =>
    stepping(disk, async (step) => {
      count += 1;
      if (count <= last) return;
      if (count === last + 1 && step === 'write') await disk.write(join(scratch, 'half.tmp'), 'half');
      throw Object.assign(new Error('killed'), { code: 'EIO' });
    });
}

function failing(disk: Disk, fails: (step: Step) => string | undefined): Disk {
  const check = (step: Step) => {
    const code = fails(step);
    if (code) throw Object.assign(new Error(`${code}: the disk fails`), { code });
  };
  const wrapped = stepping(disk, async (step) => check(step));
  return {
    ...wrapped,
    read: async (path) => {
      check('read');
      return disk.read(path);
    },
  };
}

/** Tells of each change before it is made. */
function stepping(disk: Disk, before: (step: Step, path: string) => Promise<void>): Disk {
  const changing =
    <Rest extends unknown[]>(step: Step, act: (path: string, ...rest: Rest) => Promise<void>) =>
    async (path: string, ...rest: Rest) => {
      await before(step, path);
      await act(path, ...rest);
    };
  return {
    ...disk,
    makeFolder: changing('makeFolder', disk.makeFolder),
    write: changing('write', disk.write),
    move: changing('move', disk.move),
    remove: changing('remove', disk.remove),
  };
}
