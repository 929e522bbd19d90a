import {
  appendFile,
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { linesOf, REF } from '../ledger.fixture.ts';
import { type LocalWorld, localWorld, once } from './local.fixture.ts';

let world: LocalWorld;

beforeEach(async () => {
  world = await localWorld();
});
afterEach(() => world.remove());

type Damage = (copy: string) => Promise<unknown>;
const LOCKS = ['HEAD', 'config', 'index', 'packed-refs', 'shallow', REF, 'objects/info/commit-graph'];
// Root reads what nobody may read, so nothing is wrong for it.
const IS_ROOT = process.getuid?.() === 0;

const DAMAGES: Record<string, Damage> = {
  'an empty HEAD': (copy) => truncate(join(copy, 'HEAD')),
  'no HEAD': (copy) => rm(join(copy, 'HEAD')),
  'a HEAD of junk': (copy) => writeFile(join(copy, 'HEAD'), 'junk'),
  'an empty config': (copy) => truncate(join(copy, 'config')),
  'a ref of length zero': (copy) => truncate(join(copy, REF)),
  'a ref of junk': (copy) => writeFile(join(copy, REF), 'f'.repeat(40)),
  'no refs': (copy) => rm(join(copy, 'refs'), { recursive: true }),
  'packed refs of junk': (copy) => writeFile(join(copy, 'packed-refs'), 'junk'),
  'an index of junk': (copy) => writeFile(join(copy, 'index'), 'junk'),
  'junk in shallow': (copy) => writeFile(join(copy, 'shallow'), 'junk'),
  'no objects': (copy) => rm(join(copy, 'objects'), { recursive: true }),
  'a file where the objects should be': async (copy) => {
    await rm(join(copy, 'objects'), { recursive: true });
    await writeFile(join(copy, 'objects'), '');
  },
  'a file where the copy should be': async (copy) => {
    await rm(copy, { recursive: true });
    await writeFile(copy, '');
  },
  'an emptied loose object': async (copy) => truncate(await loose(copy)),
  'a flipped byte in a loose object': async (copy) => flip(await loose(copy)),
  'a loose object under another name': async (copy) => {
    const path = await loose(copy);
    await writeFile(`${path.slice(0, -1)}${path.endsWith('0') ? '1' : '0'}`, 'x');
  },
  'a flipped byte in a pack': async (copy) => flip(await packed(copy, '.pack')),
  'a truncated pack': async (copy) => halve(await packed(copy, '.pack')),
  'an empty pack': async (copy) => truncate(await packed(copy, '.pack')),
  'a missing pack': async (copy) => rm(await packed(copy, '.pack')),
  'a pack that is missing with its index': async (copy) => {
    const index = await packed(copy, '.idx');
    await rm(index);
    await rm(index.replace(/idx$/, 'pack'));
  },
  'a flipped byte in an index of a pack': async (copy) => flip(await packed(copy, '.idx')),
  'a truncated index of a pack': async (copy) => halve(await packed(copy, '.idx')),
  'a missing index of a pack': async (copy) => rm(await packed(copy, '.idx')),
  'a folder where a pack should be': async (copy) => {
    const pack = await packed(copy, '.pack');
    await rm(pack);
    await mkdir(pack);
  },
};
const HARMLESS: Record<string, Damage> = {
  'stale locks of every kind': async (copy) => {
    for (const name of LOCKS) await staleLock(join(copy, `${name}.lock`));
  },
  'a commit in shallow that is not there': (copy) => appendFile(join(copy, 'shallow'), `${'f'.repeat(40)}\n`),
  'half a pack without an index': (copy) => writeFile(join(copy, 'objects', 'pack', 'pack-half.pack'), 'PACK'),
  'what was being written': async (copy) => {
    await mkdir(`${copy}.tmp`, { recursive: true });
    await writeFile(join(`${copy}.tmp`, 'half.tmp'), 'half');
  },
};

it.each(Object.entries(DAMAGES))('heals by itself: %s', async (_, damage) => {
  await twoPacks();
  await damage(await world.copy());

  const life = await once(world, ({ ledger }) => ledger.perform({ id: 'c' }));

  expect(linesOf(life.ledger.snapshot)).toEqual(['a', 'b', 'c']);
  expect(life.told.map((it) => it.kind)).toEqual(['failed', 'works']);
  expect(await world.setAside()).toHaveLength(1);
  expect(life.told[0]?.text).toContain((await world.setAside())[0]);
  expect(await world.fsck()).toBe('');
  expect(await world.git('rev-parse', REF)).toBe(world.remote.refs.get(REF));
});

it.each(Object.entries(HARMLESS))('is not troubled by %s', async (_, litter) => {
  await twoPacks();
  await litter(await world.copy());

  const life = await once(world, async ({ ledger }) => {
    expect(linesOf(await ledger.refresh())).toEqual(['a', 'b']);
    expect(ledger.counters.requests).toBe(1);
    await ledger.perform({ id: 'c' });
  });

  expect(life.told).toEqual([]);
  expect(await world.fsck()).toBe('');
  const left = await readdir(world.folder, { recursive: true });
  expect(left.filter((it) => /\.lock$|half\.tmp/.test(it))).toEqual([]);
});

it('leaves locks alone that somebody may hold', async () => {
  await twoPacks();
  const lock = join(await world.copy(), 'packed-refs.lock');
  await writeFile(lock, '');

  await once(world, ({ ledger }) => ledger.perform({ id: 'c' }));

  expect((await stat(lock)).isFile()).toBe(true);
});

it('gets over a folder that it may not enter', async () => {
  await twoPacks();
  const copy = await world.copy();
  await chmod(join(copy, 'objects', 'pack'), 0o000);

  const life = await once(world, ({ ledger }) => ledger.perform({ id: 'c' }));

  expect(linesOf(life.ledger.snapshot)).toEqual(['a', 'b', 'c']);
  expect(await world.setAside()).toHaveLength(IS_ROOT ? 0 : 1);
  expect(await world.fsck()).toBe('');
});

it('heals while it runs, when the copy is broken or gone under its hands', async () => {
  const { ledger, told, close } = world.live();
  await ledger.perform({ id: 'a' });
  await world.settled();
  await rm(join(await world.copy(), 'objects'), { recursive: true });

  await ledger.perform({ id: 'b' });
  await waitFor(() => told.at(-1)?.kind === 'works', { what: 'the copy is kept again' });
  await rename(await world.copy(), join(world.path, 'gone'));
  await ledger.perform({ id: 'c' });
  await close();

  expect(told.map((it) => it.kind)).toEqual(['failed', 'works', 'failed', 'works']);
  expect(await world.fsck()).toBe('');
  expect(await world.git('show', `${REF}:ledger/lines.txt`)).toBe('a\nb\nc');
});

it('keeps the two newest of what was set aside', async () => {
  const names: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    await once(world, ({ ledger }) => ledger.perform({ id: `${round}` }));
    await truncate(join(await world.copy(), 'HEAD'));
    await once(world, ({ ledger }) => ledger.refresh());
    names.push((await world.setAside()).at(-1) ?? '');
  }

  expect(await world.setAside()).toEqual(names.slice(-2));
});

/** A copy whose head needs both of its packs, with one object that lies by itself. */
async function twoPacks(): Promise<void> {
  await once(world, ({ ledger }) => ledger.perform({ id: 'a' }));
  await once(world, ({ ledger }) => ledger.perform({ id: 'b' }));
  await world.git('hash-object', '-w', await world.pins());
}

async function packed(copy: string, end: string): Promise<string> {
  const folder = join(copy, 'objects', 'pack');
  const names = (await readdir(folder)).filter((it) => it.endsWith(end)).sort();
  expect(names).toHaveLength(2);
  return join(folder, names[0] ?? '');
}

async function loose(copy: string): Promise<string> {
  const paths = await readdir(join(copy, 'objects'), { recursive: true });
  return join(copy, 'objects', paths.find((it) => /^[0-9a-f]{2}\/[0-9a-f]{38}$/.test(it)) ?? '');
}

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await chmod(path, 0o600);
  await writeFile(path, bytes);
}

async function halve(path: string): Promise<void> {
  await truncate(path, Math.floor((await stat(path)).size / 2));
}

async function staleLock(path: string): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '');
  await utimes(path, new Date(0), new Date(0));
}
