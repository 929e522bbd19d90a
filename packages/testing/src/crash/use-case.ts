/** One thing that somebody wants done, whatever happens to the process that does it. */
import type { State } from '@gityard/domain';
import type { Life } from '../simulation/life.ts';
import type { World } from '../simulation/world.ts';

export interface UseCase {
  readonly name: string;
  /** Whether there is a yard before it begins; there is one, when left out. */
  readonly beginsWithout?: 'yard';
  /** What others did before. Nothing goes wrong meanwhile. */
  prepare?(world: World): Promise<void>;
  /** One life of the process: begins, or goes on where the last one was killed. May run on when all is done. */
  live(world: World, life: Life, boot: string): Promise<void>;
  isDone(world: World, state: State | undefined): boolean;
  /** What is not as the model says it must be; nothing, when it happened exactly once. */
  judge(world: World, state: State): string[];
}
