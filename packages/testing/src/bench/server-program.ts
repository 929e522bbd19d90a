/**
 * The program that serves the bench: the embedded Git server in a process of its own, counting per repository. With
 * a delay it is as far away as a server elsewhere, for requests at least; connections still cost nothing.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type GitRequestInfo, startGitServer } from '@gityard/gitserver';

import { cpuTime } from './cpu.ts';
import type { ToServer, Traffic } from './messages.ts';

const NONE = { requests: 0, bytesUp: 0, bytesDown: 0 };
const traffic = new Map<string, typeof NONE>();

function count({ repository, bytesIn, bytesOut }: GitRequestInfo): void {
  const { requests, bytesUp, bytesDown } = traffic.get(repository) ?? NONE;
  traffic.set(repository, { requests: requests + 1, bytesUp: bytesUp + bytesIn, bytesDown: bytesDown + bytesOut });
}

function trafficOf(name: string): Traffic {
  const { ownMs, childrenMs } = cpuTime();
  return { ...(traffic.get(name) ?? NONE), cpuMs: ownMs + childrenMs };
}

async function answer(ask: ToServer): Promise<string | Traffic> {
  if (ask.kind === 'create') return server.createRepository(ask.name);
  if (ask.kind === 'traffic') return trafficOf(ask.name);
  await server.close();
  return 'closed';
}

/** A door in front of the server that lets each request wait before it comes in. */
async function slowDoor(delayMs: number): Promise<string> {
  const door = createServer((request, response) => setTimeout(() => server.handle(request, response), delayMs));
  door.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
}

const [, , root = '', delay = '0'] = process.argv;
const server = await startGitServer({ root, onRequest: count });
const url = delay === '0' ? server.url : await slowDoor(Number(delay));
process.on('disconnect', () => process.exit());
process.on('message', async (ask: ToServer) => void process.send?.(await answer(ask)));
process.send?.(url);
