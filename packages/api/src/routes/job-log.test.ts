import { describe, expect, it } from 'vitest';
import { apiOf, ask } from '../testing/world.ts';

describe('job-log', () => {
  it('streams the lines of a job, and knows no others', async () => {
    const api = await apiOf({ jobLog: (jobId) => (jobId === 'j1' ? lines() : undefined) });

    expect(await ask(api, '/api/v1/builds/j1/logs')).toMatchObject({ status: 200, body: 'one\ntwo\n' });
    expect(await ask(api, '/api/v1/builds/j2/logs')).toMatchObject({ status: 404 });
  });

  it('stops reading when the reader has left', async () => {
    let signalOfReader: AbortSignal | undefined;
    const api = await apiOf({
      jobLog: (_jobId, signal) => {
        signalOfReader = signal;
        return endless(signal);
      },
    });
    const leaving = new AbortController();
    await fetch(`${api.url}/api/v1/builds/j1/logs`, { signal: leaving.signal });

    leaving.abort();

    await expect.poll(() => signalOfReader?.aborted).toBe(true);
  });
});

async function* lines(): AsyncGenerator<string> {
  yield 'one\n';
  yield 'two\n';
}

async function* endless(signal: AbortSignal): AsyncGenerator<string> {
  yield 'first\n';
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
}
