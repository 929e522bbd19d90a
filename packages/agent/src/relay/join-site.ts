/** All that an agent, or one of its threads, needs to use the relay of its site. */
import type { Yard } from '@gityard/yard';
import { askerOf } from './ask.ts';
import { RelayLink } from './link.ts';
import { type Site, siteOf } from './site.ts';
import { throughRelay } from './through-relay.ts';
import { Way } from './way.ts';

export interface Member {
  readonly site: Site;
  readonly link: RelayLink;
  readonly way: Way;
  /** The same yard, by way of the relay. */
  readonly yard: Yard;
}

export function joinSite(key: string, yard: Yard): Member {
  const site = siteOf(key);
  const link = new RelayLink({ ask: askerOf(site), from: { actor: yard.actor, boot: yard.boot } });
  return { site, link, way: new Way(), yard: throughRelay(yard, link) };
}
