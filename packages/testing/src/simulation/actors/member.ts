/** A yard whose operations go through the relay of the site, or past it when it does not answer: by the product's own link. */
import { RelayLink } from '@gityard/agent/relay/link';
import { throughRelay } from '@gityard/agent/relay/through-relay';
import type { Yard } from '@gityard/yard';
import type { Life } from '../life.ts';
import type { World } from '../world.ts';

export function memberYard({ site, flaws }: World, life: Life, yard: Yard): Yard {
  const { actor, boot } = yard;
  const link = new RelayLink({ ask: site.askedBy(life), from: { actor, boot }, ports: life.ports });
  link.use('the relay');
  return throughRelay(flaws.fallsBackOn?.(yard) ?? yard, link);
}
