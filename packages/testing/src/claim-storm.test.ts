/** The promise that everything rests on, with real processes, a real Git server and replies that get lost. */
import { fileURLToPath } from 'node:url';
import { startGitServer } from '@gityard/gitserver';
import { auditYard, createYard, openYard, type Yard } from '@gityard/yard';
import { describe, expect, it } from 'vitest';
import { startFaultProxy } from './fault-proxy.ts';
import { startNode } from './processes.ts';
import { temporaryFolder } from './temporary.ts';

const CLAIMER = fileURLToPath(new URL('../dist/storm/claimer.js', import.meta.url));
const JOBS = 200;
const PROCESSES = 8;

async function storm(url: string, names: readonly string[]): Promise<{ id: string; token: number }[]> {
  const claimers = names.map((name) => startNode(CLAIMER, [url, name]));
  try {
    const lines = await Promise.all(claimers.map((claimer) => claimer.waitForLine(/^\[.*$/)));
    return lines.flatMap(([line]) => JSON.parse(line) as { id: string; token: number }[]);
  } finally {
    await Promise.all(claimers.map((claimer) => claimer.dispose()));
  }
}

async function submitJobs(yard: Yard): Promise<void> {
  const submit = (number: number) =>
    yard.perform('submit', {
      id: `job-${number}`,
      job: { command: ['true'] },
      by: 'spec',
      now: new Date().toISOString(),
    });
  await Promise.all(Array.from({ length: JOBS }, (_, number) => submit(number)));
}

describe('eight processes that claim from two hundred jobs at once', () => {
  it.each([
    { title: 'on a healthy network', everyNth: 0 },
    { title: 'with the reply of every tenth push cut', everyNth: 10 },
  ])('win each job exactly once $title', async ({ everyNth }) => {
    const folder = await temporaryFolder();
    const server = await startGitServer({ root: folder.path });
    await server.createRepository('yard');
    const proxy = await startFaultProxy({ target: server.url });
    await createYard({ address: server.urlOf('yard'), actor: 'spec' });
    const yard = openYard({ address: server.urlOf('yard'), actor: 'spec' });
    try {
      await submitJobs(yard);
      if (everyNth > 0) proxy.everyNthPush(everyNth, 'lose-reply');

      const won = await storm(
        `${proxy.url}/yard.git`,
        Array.from({ length: PROCESSES }, (_, at) => `agent${at}`),
      );

      await yard.refresh();
      expect(new Set(won.map((it) => it.id)).size).toBe(JOBS);
      expect(won).toHaveLength(JOBS);
      expect(won.every((it) => it.token === 1)).toBe(true);
      expect([...yard.state.jobs].map((job) => job.status)).toEqual(Array(JOBS).fill('succeeded'));
      expect(await auditYard(yard)).toMatchObject({ ok: true, firstViolation: null });
      if (everyNth > 0) expect(proxy.faults['lose-reply'] ?? 0).toBeGreaterThan(10);
    } finally {
      await yard.close();
      await proxy.close();
      await server.close();
      await folder.remove();
    }
  });
});
