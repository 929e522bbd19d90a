/** What one operation of one writer puts on the wire, both ways, headers aside: the store alone, and a whole submission. */
import { openStoreVariant } from '../variants/store.ts';
import type { OpenVariant } from '../variants/variant.ts';
import { openYardVariant } from '../variants/yard.ts';
import { type Micro, type MicroResult, summarise } from './micro.ts';
import { pushCosts } from './push-cost.ts';

const WAYS: Readonly<Record<string, OpenVariant>> = { store: openStoreVariant, yard: openYardVariant };

export const wireBytes: Micro = async ({ server, size }) => {
  const results: MicroResult[] = [];
  for (const [name, open] of Object.entries(WAYS)) {
    const world = await server.makeWorld(`wire-${name}`);
    const { bytesUp, bytesDown } = await pushCosts(world, { pushes: size === 'quick' ? 20 : 50, open });
    results.push(
      summarise({ key: `wire-${name}-up`, what: `one operation, ${name}: sent`, unit: 'bytes' }, [bytesUp]),
      summarise({ key: `wire-${name}-down`, what: `one operation, ${name}: received`, unit: 'bytes' }, [bytesDown]),
    );
  }
  return results;
};
