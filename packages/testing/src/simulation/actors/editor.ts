/** A person who edits files of the state by plain commits, now and then wrongly. Knows no operations. */
import { type Edit, openStore, type Store } from '@gityard/store';
import { DEFAULT_REFS, predecessorOf } from '@gityard/yard';
import { Connection } from '../connection.ts';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';
import { forever } from './program.ts';

const EVERY_MS = 90_000;
const AUTHOR = { name: 'Eve', email: 'eve@example.com' };

export async function runEditor(world: World, life: Life): Promise<void> {
  const store: Store<number, null> = openStore({
    transport: new Connection(world, life),
    ref: DEFAULT_REFS.state,
    predecessorOf,
    // Chosen again on every head: a person who lost a race looks again, too.
    compose: (snapshot, numbers) => ({
      edits: editOf(
        world,
        [...snapshot.list('shared/jobs/')].map((it) => ({ path: it.path, bytes: snapshot.read(it.oid) })),
      ),
      message: `Edit number ${numbers[0]}\n`,
      author: AUTHOR,
      answers: numbers.map(() => null),
    }),
    ports: life.ports,
  });
  let number = 0;
  await forever(world, life, async () => {
    await life.ports.sleep(life.dice.about(EVERY_MS));
    if (world.swarm.has('edits')) await store.perform(++number);
  });
}

interface JobFile {
  readonly path: string;
  readonly bytes: Uint8Array | undefined;
}

function editOf({ swarm, dice }: World, files: readonly JobFile[]): Edit[] {
  const queued = files.filter(({ bytes }) => bytes && Buffer.from(bytes).includes('"status": "queued"'));
  const found = queued[Math.floor(dice.random() * queued.length)];
  if (!found) return [];
  const text = Buffer.from(found.bytes ?? []).toString();
  const breaks = swarm.has('broken-files') && dice.chance(0.5);
  swarm.count(breaks ? 'broken-files' : 'edits');
  const edited = breaks
    ? text.slice(0, -20)
    : text.replace(/"priority": \d+/, `"priority": ${Math.ceil(dice.between(0, 10))}`);
  return edited === text ? [] : [{ path: found.path, content: Buffer.from(edited) }];
}
