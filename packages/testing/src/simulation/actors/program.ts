/** How programs in a simulation go on after the world failed them, and what they do when one of them has a bug. */
import { isFailure } from '../calls.ts';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** Does it again until it comes through. Only failures of the world are tried again. */
export async function untilDone<T>(life: Life, work: () => Promise<T>): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!isOfTheWorld(error)) throw error;
      await life.ports.sleep(pauseMs(life, failures));
    }
  }
}

/** Begins the round anew for as long as the process lives. */
export async function forever(world: World, life: Life, round: () => Promise<void>): Promise<never> {
  for (;;) await untilDone(life, round).catch((error: unknown) => bug(world, life, error));
}

async function bug({ violations }: World, life: Life, error: unknown): Promise<void> {
  violations.add('no-bug', error instanceof Error ? `${error.stack}` : String(error));
  await life.ports.sleep(LONGEST_PAUSE_MS);
}

const pauseMs = ({ dice }: Life, failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * dice.between(0.25, 1);

/** Of the remote, or of the own disk. */
export const isOfTheWorld = (error: unknown): error is Error & { code: string } =>
  isFailure(error) || (error instanceof Error && ['ENOSPC', 'EIO'].includes(codeOf(error)));

const codeOf = (error: Error): string => String((error as { code?: unknown }).code);
