import { Dice } from '@gityard/demo';
import type { Files } from '@gityard/store';
import { describe, expect, it } from 'vitest';
import { FileLocks } from './file-locks.ts';
import { FileSystem } from './file-system.ts';

const alive = { step: async () => undefined, ports: { sleep: async () => undefined }, deadForMs: -1 };

function machine({ seed = 'one', lies = false } = {}) {
  const system = new FileSystem({ dice: new Dice(seed), trouble: () => undefined, lies });
  return { system, files: system.seenBy(alive as never) };
}

async function append(files: Files, text: string, { synced }: { synced: boolean }): Promise<void> {
  const file = await files.open('f/log', 'a');
  await file.writeFile(Buffer.from(text));
  if (synced) await file.sync();
  const folder = await files.open('f', 'r');
  if (synced) await folder.sync();
}

/** What a power cut left, for many throws of the dice. */
async function leftOver(lies: boolean): Promise<Set<string | undefined>> {
  const found = new Set<string | undefined>();
  for (let seed = 0; seed < 50; seed++) {
    const { system, files } = machine({ seed: `${seed}`, lies });
    await append(files, 'kept.', { synced: true });
    await append(files, 'torn', { synced: false });
    system.cutPower();
    found.add(system.read('f/log')?.toString());
  }
  return found;
}

describe('the files of a simulated machine', () => {
  it('hold after a power cut all that was synced, and of the rest as much as chance leaves', async () => {
    const found = await leftOver(false);

    expect([...found].every((it) => it?.startsWith('kept.'))).toBe(true);
    expect(found).toContain('kept.');
    expect(found).toContain('kept.to');
    expect(found).toContain('kept.torn');
  });

  it('may lose everything on a disk that lies', async () => {
    expect(await leftOver(true)).toContain(undefined);
  });

  it('may have their old names again when those were not synced', async () => {
    const names = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const { system, files } = machine({ seed: `${seed}` });
      await append(files, 'a', { synced: true });
      await files.rename('f/log', 'f/moved');
      system.cutPower();
      names.add(system.list('f/').join());
    }

    expect(names).toEqual(new Set(['f/log', 'f/moved']));
  });
});

describe('locks between simulated processes', () => {
  it('are kept from others until they are given back, or their holder was dead for some seconds', async () => {
    const locks = new FileLocks();
    const holder = { ...alive };
    const held = await locks.tryFor(holder)('f/append');

    expect(await locks.tryFor(alive)('f/append')).toBeUndefined();
    await held?.release();
    expect(await locks.tryFor(holder)('f/append')).toBeDefined();
    holder.deadForMs = 1_000;
    expect(await locks.tryFor(alive)('f/append')).toBeUndefined();
    holder.deadForMs = 3_000;
    expect(await locks.tryFor(alive)('f/append')).toBeDefined();
  });
});
