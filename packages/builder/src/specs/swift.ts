/** OpenStack Swift with its S3 face: a real server that checks signatures. Rings and settings of one disk in a folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts } from '@gityard/testing';
import { type Running, startProgram, userName } from './programs.ts';

const KINDS = ['account', 'container', 'object'] as const;
export const SWIFT_PROGRAMS = [
  ...KINDS.map((it) => `swift-${it}-server`),
  'swift-proxy-server',
  'swift-ring-builder',
  'memcached',
];
export const SWIFT_KEY = { accessKeyId: 'test:tester', secretAccessKey: 'testing' };

export interface Swift extends Running {
  readonly endpoint: string;
}

export async function startSwift(folder: string): Promise<Swift> {
  const [proxy = 0, memcached = 0, ...ports] = await freePorts(5);
  const servers = KINDS.map((kind, at) => ({ kind, port: ports[at] ?? 0 }));
  for (const it of servers) prepare(folder, it);
  writeFileSync(join(folder, 'proxy.conf'), proxySettings(folder, { port: proxy, memcached }));
  const starting = [
    startProgram(['memcached', '-u', userName(), '-l', '127.0.0.1', '-p', String(memcached)], {
      ports: [memcached],
      folder,
    }),
    ...servers.map(({ kind, port }) =>
      startProgram([`swift-${kind}-server`, `${kind}.conf`], { ports: [port], folder }),
    ),
    startProgram(['swift-proxy-server', 'proxy.conf'], { ports: [proxy], folder }),
  ];
  const ends = await Promise.allSettled(starting);
  const running = ends.flatMap((it) => (it.status === 'fulfilled' ? [it.value] : []));
  const failure = ends.find((it) => it.status === 'rejected');
  if (failure) {
    await Promise.all(running.map((it) => it.stop()));
    throw failure.reason;
  }
  return {
    endpoint: `http://127.0.0.1:${proxy}`,
    stop: async () => void (await Promise.all(running.map((it) => it.stop()))),
  };
}

function prepare(folder: string, { kind, port }: { kind: string; port: number }): void {
  const ring = (...words: string[]) =>
    execFileSync('swift-ring-builder', [`${kind}.builder`, ...words], { cwd: folder, stdio: 'ignore' });
  ring('create', '2', '1', '1');
  ring('add', `r1z1-127.0.0.1:${port}/d1`, '1');
  ring('rebalance');
  mkdirSync(join(folder, 'disk', 'd1'), { recursive: true });
  const text = `${common(folder, port)}devices = ${join(folder, 'disk')}\nmount_check = false
[pipeline:main]\npipeline = ${kind}-server\n[app:${kind}-server]\nuse = egg:swift#${kind}\n`;
  writeFileSync(join(folder, `${kind}.conf`), text);
}

const common = (folder: string, port: number): string => `[DEFAULT]
bind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nuser = ${userName()}\nswift_dir = ${folder}
log_level = ERROR\nlog_address = ${join(folder, 'no-log')}\n`;

const proxySettings = (folder: string, { port, memcached }: { port: number; memcached: number }): string => {
  const filters = [
    ['cache', `use = egg:swift#memcache\nmemcache_servers = 127.0.0.1:${memcached}`],
    ['s3api', 'use = egg:swift#s3api\nauth_pipeline_check = false\nmin_segment_size = 1\nlocation = us-east-1'],
    [
      'tempauth',
      `use = egg:swift#tempauth\nuser_${SWIFT_KEY.accessKeyId.replace(':', '_')} = ${SWIFT_KEY.secretAccessKey} .admin`,
    ],
    ...['catch_errors', 'listing_formats', 'bulk', 'slo'].map((it) => [it, `use = egg:swift#${it}`]),
  ];
  return `${common(folder, port)}[pipeline:main]
pipeline = catch_errors cache listing_formats bulk s3api tempauth slo proxy-server
[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true
${filters.map(([name, text]) => `[filter:${name}]\n${text}\n`).join('')}`;
};
