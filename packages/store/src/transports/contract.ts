/**
 * What every transport must do, whatever it talks to: run by the specs of each, and by those of our own Git server.
 * The remote is reached through the transport alone; what a rival or a fault does is the world's business.
 */
import { afterEach, beforeEach, describe } from 'vitest';

import { objectsContract } from './contract/objects.ts';
import { refsContract } from './contract/refs.ts';
import { rivalsContract } from './contract/rivals.ts';
import type { Ability, Connected, TransportWorld } from './contract/world.ts';

export type { TransportWorld } from './contract/world.ts';

export interface ContractOptions {
  /** What the world cannot do; the specs that need it are left out. */
  readonly without?: readonly Ability[];
}

export function transportContract(
  name: string,
  makeWorld: () => Promise<TransportWorld>,
  { without = [] }: ContractOptions = {},
): void {
  describe(`the transport contract, ${name}`, () => {
    let connected: Connected;
    const here = () => connected;
    beforeEach(async () => {
      const world = await makeWorld();
      connected = { world, transport: world.connect() };
    });
    afterEach(async () => {
      await connected.transport.close();
      await connected.world.close();
    });

    refsContract(here);
    objectsContract(here);
    rivalsContract(here, (ability) => !without.includes(ability));
  });
}
