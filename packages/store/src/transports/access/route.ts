/**
 * The way to a server: straight or through a proxy, and whom it trusts. Goes by the variables and by the settings of Git
 * that people have made already, so that what `git clone` reaches is reached here too.
 */
import { readFile } from 'node:fs/promises';
import { type Agent, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

import { StoreError } from '../../errors.ts';
import { askGit } from '../ask-git.ts';
import { type HttpProxy, isLoopback, proxyFor } from './proxy.ts';
import { TunnelAgent } from './tunnel.ts';

export interface Route {
  /** Connections, kept to be used again. */
  readonly agent: Agent;
  /** To be sent the whole address of the target; never set for https. */
  readonly proxy?: HttpProxy;
}

export interface RouteOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly connectMs: number;
}

const KEPT = { keepAlive: true, maxSockets: 4 };

export async function findRoute(target: URL, { env, connectMs }: RouteOptions): Promise<Route> {
  // Nothing can be set for it that counts, and git need not be asked.
  if (target.protocol === 'http:' && isLoopback(target)) return { agent: new HttpAgent(KEPT) };

  const settings = await httpSettings(target, env);
  const proxy = proxyFor(target, { env, setting: settings.get('proxy') });
  if (target.protocol === 'http:') return { agent: agentFor(proxy), ...(proxy && { proxy }) };

  const ca = await authorities(env.GIT_SSL_CAINFO || settings.get('sslcainfo'));
  const options = { ...KEPT, ...(ca && { ca }) };
  return { agent: proxy ? new TunnelAgent(options, { proxy, target, connectMs }) : new HttpsAgent(options) };
}

function agentFor(proxy: HttpProxy | undefined): Agent {
  return proxy?.url.protocol === 'https:' ? new HttpsAgent(KEPT) : new HttpAgent(KEPT);
}

/** Names in lower case, without the `http.` before them; of several values for an address Git picks the one that fits best. */
async function httpSettings({ href }: URL, env: NodeJS.ProcessEnv): Promise<ReadonlyMap<string, string>> {
  const answer = (await askGit(['config', '--null', '--get-urlmatch', 'http', href], { env })) ?? '';
  return new Map(
    answer.split('\0').flatMap((entry) => {
      const [, name, value] = /^http\.(\w+)\n(.*)$/s.exec(entry) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Instead of those that Node trusts by itself, as with Git. */
async function authorities(path: string | undefined): Promise<Buffer | undefined> {
  if (!path) return undefined;
  try {
    return await readFile(path);
  } catch (cause) {
    const message = `the file of trusted certificates cannot be read: ${(cause as Error).message}`;
    throw new StoreError('REMOTE_INVALID', message, {
      hint: 'check GIT_SSL_CAINFO and git config http.sslCAInfo',
      cause,
    });
  }
}
