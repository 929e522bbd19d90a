import { describe, expect, it } from 'vitest';
import { serverFiles } from '../../testing/sample-server-files.ts';
import { presence } from './presence.ts';
import type { Reading } from './question.ts';
import { server } from './server.ts';
import { serverBeat } from './server-beat.ts';
import { serverPast } from './server-past.ts';

const now = '2026-03-08T12:30:00.000Z';
const place = { ref: 'state' } as const;
const changed = (...changes: readonly (readonly [string, string])[]) => new Map([...serverFiles(now), ...changes]);

describe('questions about servers', () => {
  it('tells who a server is, and its last sign of life', async () => {
    const reading = readingOf(serverFiles(now));

    expect(await server(reading, { id: 'build1', place })).toMatchObject({
      agent: { id: 'build1', capabilities: { tools: { sandbox: 'bubblewrap' } } },
      problem: null,
    });
    expect(await serverBeat(reading, { id: 'build1' })).toMatchObject({ agent: 'build1', beat: 8123 });
  });

  it('tells what is wrong with a registration that cannot be read', async () => {
    const reading = readingOf(changed(['shared/agents/build1.json', '{"id":"build1","host":7}']));

    expect(await server(reading, { id: 'build1', place })).toMatchObject({
      agent: null,
      problem: expect.stringContaining('shared/agents/build1.json cannot be read'),
    });
  });

  it('asks for no file whose name an address has made up', async () => {
    const reading = readingOf(serverFiles(now));

    for (const id of ['../../yard', 'a/b', '', 'nobody']) {
      expect(await server(reading, { id, place })).toEqual({ agent: null, problem: null });
      expect(await serverBeat(reading, { id })).toBe(null);
    }
    expect(reading.asked.filter((path) => path.includes('..'))).toEqual([]);
  });

  it('tells how all servers stood in the last day, with one request for the names and one for each hour', async () => {
    const reading = readingOf(serverFiles(now));

    const { servers, disk } = await presence(reading, { place, now, days: 1, agent: null });

    const build4 = servers.find(({ id }) => id === 'build4')?.stretches ?? [];
    expect(build4.filter((it) => it.presence === 'silent').map(({ from, to }) => [from, to])).toEqual([
      ['2026-03-07T15:12:00.000Z', '2026-03-07T16:03:00.000Z'],
      ['2026-03-08T02:12:00.000Z', '2026-03-08T03:03:00.000Z'],
    ]);
    expect([build4[0]?.from, build4.at(-1)?.to]).toEqual(['2026-03-07T12:30:00.000Z', now]);
    expect([disk, reading.asked.length]).toEqual([null, 1 + 26]);
  });

  it('tells of one server how its disk fills', async () => {
    const { servers, disk } = await presence(readingOf(serverFiles(now)), { place, now, days: 7, agent: 'build1' });

    expect([servers.length, disk?.points.length, disk?.trendGBPerDay]).toEqual([1, 169, -9.6]);
  });

  it('goes on without an hour that cannot be read', async () => {
    const reading = readingOf(changed(['shared/history/2026-03-08/02.json', '{"hour":"soon"}']));

    const { servers } = await presence(reading, { place, now, days: 1, agent: 'build4' });

    expect(servers[0]?.stretches.filter((it) => it.presence === 'silent')).toHaveLength(1);
  });

  it('tells the last twenty builds of a server, of two months if need be, and who wrote to it', async () => {
    const files = serverFiles(now);
    const march = files.get('shared/metrics/2026-03.jsonl') ?? '';
    const lines = march.split('\n').filter((line) => line.includes('"build2"'));
    const reading = readingOf(
      changed(
        ['shared/metrics/2026-02.jsonl', march],
        ['shared/metrics/2026-03.jsonl', `${lines.slice(0, 4).join('\n')}\nno json "build2"\n`],
      ),
    );

    const { builds, writes } = await serverPast(reading, { id: 'build2', place });

    expect([builds.length, new Set(builds.map((it) => it.status))]).toEqual([19, new Set(['succeeded', 'failed'])]);
    expect(writes).toMatchObject([{ author: 'ada', link: 'https://git.example/c1' }]);
  });
});

/** In memory, by path; a blob is known by its path as well. */
function readingOf(files: ReadonlyMap<string, string>): Reading & { readonly asked: string[] } {
  const asked: string[] = [];
  const bytes = (path: string) => new TextEncoder().encode(files.get(path) ?? '');
  return {
    asked,
    model: undefined,
    overwritten: null,
    now: () => Date.parse(now),
    file: async (from, path) => {
      const name = 'ref' in from && from.ref === 'live' ? `live:${path}` : path;
      asked.push(name);
      return files.has(name) ? { bytes: bytes(name), oid: name } : undefined;
    },
    blob: async (oid) => {
      asked.push(oid);
      return bytes(oid);
    },
    blobs: async (wanted) =>
      wanted.map((it) => {
        asked.push(it.oid);
        return { ...it, bytes: bytes(it.oid) };
      }),
    tree: async (_, folder) => {
      asked.push(folder);
      return [...files.keys()]
        .filter((it) => it.startsWith(`${folder}/`))
        .map((path) => ({ path, oid: path, sizeBytes: null }));
    },
    commits: async () => [{ commit: 'c1', at: now, author: 'ada', message: 'drain agent build2' }],
    send: async () => ({ state: 'applied', commit: null }),
    linkFor: () => null,
    costOf: async () => null,
    linkTo: ({ commit }) => `https://git.example/${commit}`,
    signal: new AbortController().signal,
  };
}
