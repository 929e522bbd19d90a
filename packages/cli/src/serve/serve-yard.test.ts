import { MemoryRemote } from '@gityard/store';
import type { LogLine } from '@gityard/telemetry';
import { temporaryFolder } from '@gityard/testing';
import { createYard, openYard, type Yard } from '@gityard/yard';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveYard } from './serve-yard.ts';

async function served(lines: LogLine[]) {
  const home = await temporaryFolder();
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  const yard: Yard = openYard({ address: remote.transport(), actor: 'server' });
  await yard.refresh();
  const server = await serveYard({ yard, env: { HOME: home.path }, port: 0, tell: (it) => void lines.push(it) });
  onTestFinished(async () => {
    await server.close();
    await yard.close();
    await home.remove();
  });
  return { yard, server };
}

describe('the log of a server', () => {
  it('has each answer for who looks closely, by its endpoint and with nothing that a caller wrote', async () => {
    const lines: LogLine[] = [];
    const { server } = await served(lines);

    await fetch(`${server.url}/api/v1/builds/secret-1?token=secret-2`);

    await expect.poll(() => lines).toHaveLength(1);
    expect(lines).toMatchObject([
      { level: 'debug', facts: { method: 'GET', route: '/api/v1/builds/:id', status: expect.any(Number) } },
    ]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  it('has what failed by a fault of ours as an error, with its stack', async () => {
    const lines: LogLine[] = [];
    const { yard, server } = await served(lines);
    Object.defineProperty(yard, 'connection', {
      value: () => {
        throw new TypeError('a bug');
      },
    });

    const { status } = await fetch(`${server.url}/metrics`);

    expect(status).toBe(500);
    expect(lines.find((it) => it.level === 'error')).toMatchObject({
      text: 'an answer failed: a bug',
      facts: { stack: expect.stringContaining('TypeError: a bug\n') },
    });
  });
});
