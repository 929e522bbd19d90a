import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { freePorts } from './free-ports.ts';

it('are different, can be listened on, and are none that a connection gets by itself', async () => {
  const ports = await freePorts(20);

  expect(new Set(ports).size).toBe(20);
  expect(Math.max(...ports)).toBeLessThan(32_768);
  const servers = ports.map((it) => createServer().listen(it, '127.0.0.1'));
  await Promise.all(servers.map((it) => once(it, 'listening')));
  for (const server of servers) server.close();
});
