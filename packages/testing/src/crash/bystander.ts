/** Somebody else in the yard, to whom nothing happens: sets the stage for a use case. */
import type { InputOf, OperationName } from '@gityard/domain';
import type { Ports, Transport } from '@gityard/store';
import { openYard, type Yard } from '@gityard/yard';
import type { World } from '../simulation/world.ts';

export const NOON = '2030-01-01T12:00:00.000Z';

export interface Bystander {
  readonly yard: Yard;
  readonly ports: Ports;
  does<N extends OperationName>(name: N, input: InputOf<N>): Promise<void>;
}

export function bystander({ repository, timeline }: World): Bystander {
  const ports: Ports = {
    monotonicMs: () => timeline.nowMs,
    wallMs: () => Date.parse(NOON),
    alarm: () => () => undefined,
    sleep: async () => undefined,
    random: () => 0.5,
  };
  const transport: Transport = {
    name: 'bystander',
    readRefs: (prefixes) => repository.transport.readRefs(prefixes),
    fetchRef: (request) => repository.transport.fetchRef(request),
    push: (request) => repository.apply(request),
    close: async () => undefined,
  };
  const yard = openYard({ address: transport, actor: 'bystander', boot: 'b1', ports });
  return {
    yard,
    ports,
    async does(name, input) {
      await yard.refresh();
      const outcome = await yard.perform(name, input);
      if (!outcome.ok) throw new Error(`${name}: ${outcome.code}, ${outcome.reason}`);
    },
  };
}
