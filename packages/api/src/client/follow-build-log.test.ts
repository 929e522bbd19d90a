import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import type { LogPiece } from '../desks.ts';
import { handBuilds } from '../testing/builds.ts';
import { apiOf } from '../testing/world.ts';
import { type FollowBuildLog, followBuildLog } from './follow-build-log.ts';

const PIECES: readonly LogPiece[] = [
  { log: 'mac_1', first: 1, lines: ['one', 'two'] },
  { log: 'mac_1', first: 3, lines: ['three', 'four'] },
];

describe('follow-build-log', () => {
  it('tells every line once and answers with how the build ended', async () => {
    const { url } = await served();

    const heard = await follow({ url });

    expect(heard).toEqual({ end: 'Succeeded', lines: ['1 one', '2 two', '3 three', '4 four'], troubles: [] });
  });

  it('takes a log up again where the connection broke', async () => {
    const { url } = await served();
    const cutting = cutAfter('two');

    const heard = await follow({ url, fetch: cutting.fetch });

    expect(cutting.asked).toEqual([null, 'mac_1#2']);
    expect(heard.lines).toEqual(['1 one', '2 two', '3 three', '4 four']);
    expect(heard.troubles).toEqual(['the server cannot be reached', null]);
  });

  it('says so when the server goes quiet, and calls again', async () => {
    const { url } = await served({ status: 'running', heartbeatMs: 60_000 });
    const stop = new AbortController();
    const troubles: (string | null)[] = [];

    const following = followBuildLog({
      ...{ url, id: 'b1', lateAfterMs: 30, firstRetryMs: 5, signal: stop.signal },
      onLine: () => undefined,
      onTrouble: (reason) => troubles.push(reason),
    });
    await expect.poll(() => troubles).toContain('the server does not answer');
    stop.abort();

    expect(troubles[0]).toBe('the server has gone quiet');
    expect(await following).toBeNull();
  });

  it('throws a no of the server at once', async () => {
    const { url } = await served();

    await expect(follow({ url, id: 'nobody' })).rejects.toMatchObject({ problem: { status: 404, code: 'NOT_FOUND' } });
    await expect(follow({ url, token: 'none-of-ours' })).rejects.toMatchObject({ problem: { status: 401 } });
  });
});

async function served({
  status = 'succeeded',
  heartbeatMs = 20,
}: {
  status?: 'succeeded' | 'running';
  heartbeatMs?: number;
} = {}) {
  const attempt = { number: 1, agent: 'mac', token: 1, startedAt: noon, status: 'succeeded' as const };
  const ended = { status: 'succeeded' as const, endedAt: minutesAfterNoon(1), attempts: [attempt] };
  const { state } = world()
    .agent('mac')
    .job('b1', status === 'running' ? { status: 'running', agent: 'mac', token: 1 } : (ended as object));
  const { builds, look, desk } = handBuilds({ state, log: PIECES });
  return apiOf({ builds, look, desk, heartbeatMs });
}

async function follow(options: Pick<FollowBuildLog, 'url'> & Partial<FollowBuildLog>) {
  const lines: string[] = [];
  const troubles: (string | null)[] = [];
  const end = await followBuildLog({
    ...{ id: 'b1', firstRetryMs: 5, signal: new AbortController().signal },
    onLine: ({ number, text }) => lines.push(`${number} ${text}`),
    onTrouble: (reason) => troubles.push(reason),
    ...options,
  });
  return { end, lines, troubles };
}

/** The first connection breaks within the line after that one. */
function cutAfter(word: string) {
  const asked: (string | null)[] = [];
  const fetch = async (address: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const answer = await globalThis.fetch(address, init);
    asked.push(new Headers(init?.headers).get('last-event-id'));
    if (asked.length > 1) return answer;
    const text = await answer.text();
    const end = text.indexOf('\n\n', text.indexOf(`data: ${word}`)) + 20;
    return new Response(broken(text.slice(0, end)), { headers: answer.headers });
  };
  return { asked, fetch: fetch as typeof globalThis.fetch };
}

function broken(text: string): ReadableStream<Uint8Array> {
  const pieces = [new TextEncoder().encode(text)];
  return new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.error(new Error('connection reset'));
    },
  });
}
