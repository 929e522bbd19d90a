/** What this agent is told of beside the yard: stores, the cache, and where it notifies people. Nothing is written, nobody is told. */

import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { proxyFor } from '@gityard/store';
import type { Context } from '../context.ts';
import { storageOf } from '../start/storage.ts';
import { homePath } from '../start/user-config.ts';
import { plural } from '../text/words.ts';
import { canBe } from './can-be.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';
import { whyNoConnection } from './network.ts';

/** No object has this name; to ask for it needs the right to look, and costs nothing. */
const NO_OBJECT = 'gityard-doctor/looks-whether-this-can-be-read';

export async function checkStores(context: Context, signal: AbortSignal): Promise<Finding> {
  const { artifacts, cache = {}, access: rights } = await storageOf(context);
  const stores = [artifacts, cache.store].filter((it) => it !== undefined);
  if (stores.length + Number(cache.redis !== undefined) === 0)
    return skipped('artifacts and the cache stay on this disk');
  const { openStore } = await import('@gityard/builder');
  const told: string[] = [];
  for (const address of new Set(stores)) {
    const store = await openStore({ address, access: rights }, context.io.env);
    if (address.startsWith('/')) {
      if (!(await canBe(address)))
        return doubtful(
          `the store ${address} is not there`,
          'the first artifact makes it; where it is a mount, mount it',
        );
      await access(address, constants.W_OK);
    }
    await store.head(NO_OBJECT);
    told.push(store.name);
  }
  if (cache.redis !== undefined) {
    const { hostname, port } = new URL(cache.redis);
    const why = await whyNoConnection(hostname, Number(port || 6379), signal);
    if (why !== null)
      return wrong(
        `Redis at ${hostname} takes no connection: ${why}`,
        'start it, or take it out of cache.redis; builds go on without it',
      );
    told.push(`Redis at ${hostname}`);
  }
  return fine(`${told.join(', ')} can be reached`);
}

const PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'smtp:': 587, 'smtps:': 465 };

/** Each rule of the yard, each address of this agent: the server behind it takes a connection, and is sent nothing. */
export async function checkChannels({ io }: Context, signal: AbortSignal): Promise<Finding> {
  const { channelSettings, openChannel } = await import('@gityard/agent');
  const channels = await channelSettings(homePath(io.env), io.env);
  if (channels.size === 0) return skipped('this agent has no channels (notify.json)');
  for (const [name, settings] of channels) {
    openChannel(settings);
    if (!URL.canParse(settings.url)) continue;
    const address = new URL(settings.url);
    const proxy = address.protocol.startsWith('http') ? proxyFor(address, { env: io.env }) : undefined;
    const { hostname, port, protocol } = proxy?.url ?? address;
    const why = await whyNoConnection(hostname, Number(port || PORTS[protocol] || 443), signal);
    if (why !== null)
      return wrong(
        `channel ${name}: ${hostname} takes no connection: ${why}`,
        `gityard notify test ${name.toLowerCase()} sends one message; look at the address and the network`,
      );
  }
  return fine(`${plural(channels.size, 'channel')} can be reached`);
}
