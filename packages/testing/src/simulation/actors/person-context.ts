/** What the rounds of one simulated person share. */
import type { Yard } from '@gityard/yard';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';

export interface Person {
  readonly world: World;
  readonly life: Life;
  readonly name: string;
  readonly yard: Yard;
}
