/** A yard whose operations and beats go through the relay of its site while there is one. Everything else stays as it is. */
import { tracedInside } from '@gityard/telemetry';
import type { Yard } from '@gityard/yard';
import type { RelayLink } from './link.ts';

export function throughRelay(yard: Yard, link: RelayLink): Yard {
  const beat: Yard['live']['beat'] = async (made, options = {}) => {
    // What rides goes with a push of our own, or not at all.
    if (!link.isUp || options.priority === 'rides') return yard.live.beat(made, options);
    const heartbeat = (await made.heartbeat?.()) ?? null;
    const landed = heartbeat && (await link.beat({ kind: 'beat', heartbeat }, options.signal));
    return landed ? heartbeat : yard.live.beat(made, options);
  };
  const perform: Yard['perform'] = (name, input, options = {}) => {
    if (!link.isUp) return yard.perform(name, input, options);
    const { reason, signal } = options;
    // Its commit is a part of the relay's story, where it stands under the same job; how long it took is one of ours.
    const ask = () => link.perform(yard, { name, input, reason }, signal);
    return tracedInside({ name: `relayed ${name}`, kind: 'client' }, ask) as ReturnType<
      typeof yard.perform<typeof name>
    >;
  };
  const live: Yard['live'] = Object.assign(Object.create(yard.live), { beat });
  const performFor: Yard['performFor'] = (from, operations, { signal } = {}) =>
    link.performFor(yard, { from, operations, signal });
  return Object.assign(Object.create(yard) as Yard, { live, perform, performFor });
}
