/** Enters the agent in the yard, in the place of its last life, which it knows from its disk. */
import { type Agent, SLOTS } from './agent-context.ts';
import { untilDone } from './program.ts';

const BOOT_FILE = 'boot';
const PATIENCE_MS = 20_000;

export async function register({ world, life, id, boot, yard }: Agent): Promise<void> {
  const { disk } = life.machine;
  const before = disk.read<string>(BOOT_FILE) ?? null;
  const agent = { id, host: id, boot, slots: SLOTS, allows: { repositories: [], commands: true } };
  for (;;) {
    const input = () => ({ agent, replaces: before, now: yard.now() });
    const outcome = await untilDone(life, () => world.calls.perform(yard, 'register', input()));
    // Noted after it is entered: a life that dies in between left nothing that needs replacing but the one before.
    if (outcome.ok) return untilDone(life, () => disk.write(life, BOOT_FILE, boot));
    await life.ports.sleep(PATIENCE_MS);
  }
}
