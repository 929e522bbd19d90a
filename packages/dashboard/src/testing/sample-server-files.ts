/** The files behind the servers of the sample yard: registrations, signs of life, the hours of the history, the metrics. */
import { createHash } from 'node:crypto';
import { after, type Time } from '@gityard/domain';
import type { Page, Route } from 'playwright-core';
import { batchOf } from './sample-repository.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const IDS = ['build1', 'build2', 'build3', 'build4', 'mac-mini'];

/** Path → text; those of the live ref begin with `live:`. */
export function serverFiles(now: Time): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const put = (path: string, value: unknown) => files.set(path, JSON.stringify(value));
  for (const id of IDS) {
    put(`shared/agents/${id}.json`, agent(id, now));
    put(`live:heartbeats/${id}.json`, heartbeat(id, now));
  }
  for (const [hour, value] of hours(now)) put(`shared/history/${hour.slice(0, 13).replace('T', '/')}.json`, value);
  files.set(`shared/metrics/${now.slice(0, 7)}.jsonl`, builds(now).join('\n'));
  return files;
}

function agent(id: string, now: Time): object {
  const isMac = id === 'mac-mini';
  return {
    id,
    host: isMac ? 'desk-7' : 'rack-2',
    pool: isMac ? 'MacOS' : 'Linux',
    labels: isMac ? ['arm64', 'macos'] : ['docker', 'x64'],
    capabilities: {
      os: isMac ? 'macos' : 'linux',
      arch: isMac ? 'arm64' : 'x64',
      cores: 16,
      memoryGB: 64,
      diskGB: 480,
      tools: { git: '2.47.1', dotnet: '10.0.401', npm: '11.19.1', maven: '3.9.9', sandbox: 'bubblewrap' },
      sdks: { dotnet: ['8.0.404', '10.0.401'] },
    },
    allows: { repositories: ['https://git.example/*', 'git@git.example:team/*'] },
    boot: 'b1',
    registeredAt: after(now, -40 * 24 * HOUR_MS),
    version: '0.9.0',
  };
}

function heartbeat(id: string, now: Time): object {
  return {
    agent: id,
    boot: 'b1',
    beat: 8123,
    at: after(now, -18_000),
    nextBeatBy: after(now, 42_000),
    host: 'rack-2',
    pid: 412,
    version: '0.9.0',
    machine: { cpuPercent: 94, memoryPercent: 61, diskPercent: 56, diskFreeGB: 212, uptimeSeconds: 1_900_000 },
    refuses: [{ job: '01kar8qz0stuckarm', reason: 'the local policy does not list its repository' }],
  };
}

/** A week, in which build4 was silent now and then, the Mac was mended for a night and the disks filled. */
function hours(now: Time): readonly (readonly [Time, object])[] {
  const first = after(`${now.slice(0, 13)}:00:00.000Z`, -7 * 24 * HOUR_MS);
  const since = new Map(IDS.map((id) => [id, { presence: 'fresh', since: first }]));
  return Array.from({ length: 7 * 24 + 1 }, (_, at) => {
    const hour = after(first, at * HOUR_MS);
    const changes: object[] = [];
    const change = (id: string, to: string, minute: number) => {
      const from = since.get(id)?.presence;
      since.set(id, { presence: to, since: after(hour, minute * MINUTE_MS) });
      changes.push({ agent: id, from, to, at: after(hour, minute * MINUTE_MS) });
    };
    if (at % 11 === 4) change('build4', 'silent', 12);
    if (at % 11 === 5) change('build4', 'fresh', 3);
    if (at === 150) change('mac-mini', 'maintenance', 20);
    if (at === 158) change('mac-mini', 'fresh', 40);
    const disks = Object.fromEntries(IDS.map((id, index) => [id, 290 - index * 20 - at * 0.4 + (at % 24) * 0.3]));
    return [hour, { hour, agents: Object.fromEntries(since), changes, disks }] as const;
  });
}

function builds(now: Time): readonly string[] {
  const names = ['apache/cloudstack', 'web/portal', 'team/vnf-broker'];
  return Array.from({ length: 60 }, (_, at) => {
    const failed = at % 9 === 7;
    return JSON.stringify({
      job: `01kar6m${String(at).padStart(3, '0')}`,
      attempt: 1,
      agent: IDS[at % 4],
      repository: `https://git.example/${names[at % 3]}.git`,
      branch: at % 5 === 0 ? 'release/4.21' : 'main',
      commit: 'd8e22ab94f0c3a7715b2c9de80f4a1b36c5d7e90',
      startedAt: after(now, -(60 - at) * 25 * MINUTE_MS),
      seconds: 240 + ((at * 37) % 900),
      status: failed ? 'failed' : 'succeeded',
      cause: failed ? 'code' : null,
    });
  });
}

/** Answers what the page asks of the repository, as the server would. */
export async function serveFiles(page: Page, files: ReadonlyMap<string, string>): Promise<void> {
  const oidOf = (text: string) =>
    createHash('sha1')
      .update(`blob ${Buffer.byteLength(text)}\0${text}`)
      .digest('hex');
  const blobs = new Map([...files.values()].map((text) => [oidOf(text), text]));
  await page.route('**/api/v1/files/**', (route: Route) => {
    const [, place = '', path = ''] = /\/files\/([^/]+)\/(.*)$/.exec(new URL(route.request().url()).pathname) ?? [];
    const text = files.get(`${place === 'live' ? 'live:' : ''}${decodeURIComponent(path)}`);
    return text === undefined
      ? route.fulfill({ status: 404, json: { detail: 'no such file' } })
      : route.fulfill({ body: text, headers: { etag: `"${oidOf(text)}"` } });
  });
  await page.route(/\/api\/v1\/blobs\?/, (route) =>
    route.fulfill({ json: batchOf(route.request().url(), (oid) => blobs.get(oid)) }),
  );
  await page.route('**/api/v1/blobs/*', (route) => {
    const text = blobs.get(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
    return text === undefined ? route.fulfill({ status: 404, json: {} }) : route.fulfill({ body: text });
  });
  await page.route('**/api/v1/trees/**', (route) => {
    const folder = new URL(route.request().url()).searchParams.get('folder') ?? '';
    const entries = [...files]
      .filter(([path]) => path.startsWith(`${folder}/`))
      .map(([path, text]) => ({ path, oid: oidOf(text), sizeBytes: text.length }));
    return route.fulfill({ json: { entries } });
  });
  await page.route('**/api/v1/commits/**', (route) =>
    route.fulfill({
      json: {
        commits: [
          {
            commit: '9f3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2',
            at: '2026-02-28T16:20:00Z',
            author: 'ada',
            message: 'resume agent build1\n\nOperation: resume',
          },
          {
            commit: '1b3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2',
            at: '2026-02-28T15:02:00Z',
            author: 'ada',
            message: 'drain agent build1: new disk',
          },
        ],
      },
    }),
  );
}
