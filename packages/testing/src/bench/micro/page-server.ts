/** The built page and beside it a folder with the snapshot of a large yard, as the page reads one without a network. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, readModelFrom } from '@gityard/domain';

const DOCS = fileURLToPath(new URL('../../../../../docs/', import.meta.url));
export const BUILT_PAGE = join(DOCS, 'index.html');
const COMMIT = 'c'.repeat(40);
const TYPES = new Map([
  ['.html', 'text/html'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.json', 'application/json'],
]);

export interface Size {
  readonly servers: number;
  readonly jobs: number;
}

export async function servePage(size: Size): Promise<{ url: string; close(): Promise<void> }> {
  const files = folderOf(JSON.stringify(largeModel(size, new Date().toISOString())));
  const server = createServer(async ({ url = '/' }, response) => {
    const path = new URL(url, 'http://page').pathname.slice(1) || 'index.html';
    const bytes =
      files.get(path) ?? (path.includes('..') ? undefined : await readFile(join(DOCS, path)).catch(() => undefined));
    response.writeHead(bytes ? 200 : 404, { 'content-type': TYPES.get(extname(path)) ?? 'text/plain' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/?source=folder:./yard/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function folderOf(snapshot: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(snapshot);
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const entry = { path: 'shared/health_dashboard.json', oid, sizeBytes: bytes.length };
  return new Map([
    ['yard/refs.json', JSON.stringify({ state: COMMIT, live: COMMIT, logs: null })],
    [`yard/trees/${COMMIT}.json`, JSON.stringify([entry])],
    [`yard/blobs/${oid}`, snapshot],
  ]);
}

function largeModel({ servers, jobs }: Size, now: string): object {
  const name = (at: number) => `build${String(at % servers).padStart(3, '0')}`;
  const beat = { lastBeatAt: after(now, -20_000), nextBeatBy: after(now, 600_000), health: 'fresh', slots: 1 };
  const read = readModelFrom({
    yard: 'large',
    sequence: 1,
    head: COMMIT,
    at: now,
    by: name(0),
    totals: { queued: jobs - 40, running: 40 },
    agents: Array.from({ length: servers }, (_, at) => ({
      ...beat,
      id: name(at),
      pool: 'Linux',
      status: 'Idle',
      cpuPercent: at % 100,
    })),
    jobs: Array.from({ length: jobs }, (_, at) => ({
      id: `01job${at}`,
      status: at < 40 ? 'running' : 'queued',
      agent: at < 40 ? name(at) : null,
      startedAt: at < 40 ? after(now, -90_000) : null,
      priority: 5,
      repository: `https://git.example/team/app-${at % 17}.git`,
      branch: 'main',
      submittedAt: after(now, -at * 10_000),
      position: at < 40 ? null : at - 39,
      reasons: at < 40 ? [] : [{ code: 'agents-busy', class: 'will-run', text: 'All matching servers are busy' }],
    })),
  });
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}
