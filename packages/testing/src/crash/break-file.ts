/** A person's hand that cuts a file short, by a plain commit. */
import { openStore } from '@gityard/store';
import { DEFAULT_REFS } from '@gityard/yard';
import type { World } from '../simulation/world.ts';
import { bystander } from './bystander.ts';

export async function breakFile(world: World, path: string): Promise<void> {
  const { yard, ports } = bystander(world);
  const store = openStore<string, null>({
    transport: yard.transport,
    ref: DEFAULT_REFS.state,
    compose: () => ({
      edits: [{ path, content: Buffer.from('{ "id": ') }],
      message: `Edit ${path}\n`,
      author: { name: 'Eve', email: 'eve@example.com' },
      answers: [null],
    }),
    ports,
  });
  await store.perform(path);
}
