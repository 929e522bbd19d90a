/** A repository with something of everything that the pages of locks, messages, builds, branches and changes show. */
import { after, type ReadModel, type Time } from '@gityard/domain';
import type { BrowserContext } from 'playwright-core';
import { STAGE_NAMES } from '../rows.ts';
import type { Reading } from '../worker/questions/question.ts';
import type { CommitEntry } from '../worker/sources/source.ts';
import { type SampleRepository, sampleRepository, shardOf } from './sample-repository.ts';

export const LEFT = '01kar7okcloud';
export const RIGHT = '01kar7okportal';
const COMMIT = 'd8e22ab94f0c3a7715b2c9de80f4a1b36c5d7e90';
const CLOUD = 'https://git.example/apache/cloudstack.git';

type Ago = (minutes: number) => Time;
export interface PathCommit extends CommitEntry {
  readonly paths: readonly string[];
}

export interface SampleThings {
  readonly repository: SampleRepository;
  readonly commits: readonly PathCommit[];
  reading(model?: ReadModel): Reading;
  serve(context: BrowserContext): Promise<void>;
}

/** @param evil stands in every free text; null: nothing is there at all */
export function sampleThings(now: Time, evil: string | null = ''): SampleThings {
  const repository = sampleRepository();
  const ago: Ago = (minutes) => after(now, -minutes * 60_000);
  const put = (path: string, value: unknown) =>
    repository.put('state', path, JSON.stringify(value, hostile(evil ?? '')));
  const inShard = (folder: string, value: { id?: string; job?: string }) =>
    put(`shared/${folder}/${shardOf(value.id ?? value.job ?? '')}/${value.id ?? value.job}.json`, value);
  const fill = () => {
    put('yard.json', { name: 'acme', roles: { release: ['ada', 'build3'] } });
    for (const it of locks(ago)) put(`shared/locks/${it.name}.json`, it);
    for (const it of messages(ago)) inShard('messages', it);
    for (const it of builds(ago, evil ?? '')) inShard('manifests', it);
    for (const it of jobs(ago)) inShard('jobs', it);
    inShard('attestations', attestation(ago));
    put('shared/branches_config.json', branches(ago));
    put('shared/rollback/main.json', rollback(ago));
  };
  if (evil !== null) fill();
  const commits = evil === null ? [] : log(ago).map((it) => ({ ...it, message: told(it.message, evil) }));
  const found = (from: string, count: number, path?: string | null) => {
    const start = commits.findIndex(({ commit }) => commit === from);
    return commits
      .slice(Math.max(0, start))
      .filter((it) => !path || it.paths.includes(path))
      .slice(0, count);
  };
  return {
    repository,
    commits,
    reading: (model) => ({
      ...repository.reading(model),
      now: () => Date.parse(now),
      commits: async (from, { count, path }) => found('commit' in from ? from.commit : '', count, path),
    }),
    serve: async (context) => {
      await repository.serve(context);
      // Every commit holds the same files here.
      await context.route(/\/api\/v1\/(files|trees)\/[0-9a-f]{40}/, (route) =>
        route.fallback({
          url: route
            .request()
            .url()
            .replace(/[0-9a-f]{40}/, 'state'),
        }),
      );
      await context.route(/\/api\/v1\/commits\//, (route) => {
        const url = new URL(route.request().url());
        const { searchParams, pathname } = url;
        const from = pathname.split('/').at(-1) ?? '';
        return route.fulfill({
          json: { commits: found(from, Number(searchParams.get('count')), searchParams.get('path')) },
        });
      });
    },
  };
}

const FREE_TEXTS = new Set(['subject', 'body', 'reason', 'from', 'to', 'holder', 'isolation', 'keyid']);

/** The same value with every free text in it followed by that. */
export const hostile = (evil: string) => (key: string, value: unknown) =>
  FREE_TEXTS.has(key) && typeof value === 'string' ? `${value}${evil}` : value;

const told = (message: string, evil: string): string =>
  message.replace(/^(?=.)(.*)$/m, `$1${evil}`).replace(/^(Reason: .*)$/gm, `$1${evil}`);

function locks(ago: Ago) {
  return [
    {
      name: 'publish',
      token: 12,
      holders: [{ holder: 'build3', token: 12, acquiredAt: ago(3), expiresAt: ago(-7), reason: 'release 4.21' }],
      waiting: [
        { holder: 'build1', since: ago(2), until: ago(-28) },
        { holder: 'job/01kara02queued', since: ago(1), until: null },
      ],
    },
    {
      name: 'licences',
      count: 3,
      token: 40,
      holders: [
        { holder: 'build1', token: 39, acquiredAt: ago(28), expiresAt: ago(2) },
        { holder: 'job/01kar9x2runcloud', token: 40, acquiredAt: ago(12), expiresAt: null },
      ],
    },
    { name: 'signing-key', token: 7 },
  ];
}

function messages(ago: Ago) {
  const disk = {
    id: '01karmsg1',
    from: 'build2',
    to: 'all',
    type: 'warning',
    priority: 'high',
    subject: 'Disk is nearly full: 6.4 GB free',
    sentAt: ago(4),
    ackBy: ago(-56),
    readBy: { build1: ago(3), build3: ago(2) },
    body: [
      'The disk of **build2** fills by 2 GB a day. What I found:',
      '',
      '- `/var/lib/docker`: 61 GB',
      '  - 40 GB of it are *old* images',
      '- workspaces: 18 GB',
      '',
      '```sh',
      'docker image prune --all --filter "until=240h"',
      '```',
      '',
      'The runbook is [here](https://wiki.example/runbooks/disk). Until then the mirror works with password: Tr0ub4dor&3x',
    ].join('\n'),
    attachment: { name: 'disk-usage.txt', sizeBytes: 48_213, sha256: 'a1'.repeat(32), path: 'files/01karmsg1' },
  };
  return [
    disk,
    {
      id: '01karmsg1b',
      from: 'ada',
      to: 'build2',
      subject: 'Re: Disk is nearly full: 6.4 GB free',
      replyTo: '01karmsg1',
      sentAt: ago(2),
      readBy: { build2: ago(1) },
      body: 'Thank you. I prune it tonight.',
    },
    {
      id: '01karmsg2',
      from: 'ada',
      to: 'build3',
      type: 'request',
      subject: 'Please keep the workspace of the last portal build',
      sentAt: ago(35),
      readBy: { build3: ago(30) },
    },
    {
      id: '01karmsg3',
      from: 'build1',
      to: 'ada',
      type: 'response',
      subject: 'Kept',
      sentAt: ago(130),
      ackBy: ago(100),
      readBy: { ada: ago(120) },
      ackedBy: { ada: ago(110) },
    },
    { id: '01karmsg0', from: 'build1', to: 'release', subject: 'An older one', sentAt: ago(9000), body: 'old' },
  ];
}

const artifactAt = (path: string, { digit, sizeBytes }: { digit: string; sizeBytes: number }) => ({
  name: path.split('/').at(-1),
  path,
  sizeBytes,
  contentType: path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
  sha256: digit.repeat(64),
});

function builds(ago: Ago, evil: string) {
  const artifact = (path: string, digit: string, sizeBytes: number) =>
    artifactAt(`${path}${evil}`, { digit, sizeBytes });
  const same = [artifact('dist/cloud-agent.deb', '1', 48_213_004), artifact('dist/sbom.json', '2', 91_412)];
  const built = { branch: 'main', commit: COMMIT, token: 1 };
  const left = [
    ...same,
    artifact('dist/cloud-ui.tar.gz', '3', 12_004_551),
    artifact('dist/cloud-docs.pdf', '5', 904_000),
  ];
  const right = [
    ...same,
    artifact('dist/cloud-ui.tar.gz', '4', 12_004_551),
    artifact('dist/cloud-docs.pdf', '6', 911_240),
  ];
  return [
    { job: LEFT, agent: 'build1', createdAt: ago(8), ...built, artifacts: left },
    {
      ...{ job: RIGHT, agent: 'build3', createdAt: ago(39), ...built },
      artifacts: [...right, artifact('dist/debug.log', '7', 8_400)],
      store: { name: 's3 releases', prefix: `builds/${RIGHT}` },
    },
    {
      job: '01kar6older',
      agent: 'build2',
      createdAt: ago(2900),
      ...built,
      branch: 'release/4.21',
      commit: 'beef1234',
      artifacts: same,
    },
  ];
}

function jobs(ago: Ago) {
  const times = (start: number, minutes: readonly number[]) =>
    STAGE_NAMES.map((name, at) => {
      const before = minutes.slice(0, at).reduce((sum, it) => sum + it, 0);
      const [startedAt, endedAt] = [ago(start - before), ago(start - before - (minutes[at] ?? 0))];
      return { name, status: 'Succeeded', startedAt, endedAt };
    });
  const job = (id: string, agent: string, start: number, minutes: readonly number[]) => ({
    ...{ id, status: 'succeeded', submittedAt: ago(90), repository: CLOUD, branch: 'main', commit: COMMIT },
    ...{ toolchain: 'maven', strategy: 'Clean', token: 1 },
    endedAt: ago(start - minutes.reduce((sum, it) => sum + it, 0)),
    attempts: [
      { number: 1, agent, token: 1, startedAt: ago(start), status: 'succeeded', stages: times(start, minutes) },
    ],
    result: {
      isolation: 'bwrap',
      tests: { total: 480, passed: agent === 'build1' ? 478 : 476, failed: 0, skipped: agent === 'build1' ? 2 : 4 },
    },
  });
  return [
    job(LEFT, 'build1', 31, [0.4, 1.2, 12, 7.1, 1.9, 0.4]),
    job(RIGHT, 'build3', 70, [0.5, 4.6, 12.3, 9.8, 2, 0.5]),
  ];
}

function attestation(ago: Ago) {
  const statement = {
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        externalParameters: { repository: CLOUD, branch: 'main', commit: COMMIT, strategy: 'Clean' },
        internalParameters: { toolchain: 'maven 3.9.6', isolation: 'bwrap', version: '0.1.0' },
        resolvedDependencies: [{ uri: `git+${CLOUD}`, digest: { gitCommit: COMMIT } }],
      },
      runDetails: {
        builder: { id: 'urn:gityard:acme:agent:build1' },
        metadata: { invocationId: `${LEFT}/1`, startedOn: ago(31), finishedOn: ago(8) },
      },
    },
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  const signatures = [{ keyid: 'SHA256:9hSqGJqRk0yXo2bT7cVnD1', sig: 'c2ln' }];
  const envelope = { payloadType: 'application/vnd.in-toto+json', payload, signatures };
  return { job: LEFT, agent: 'build1', token: 1, createdAt: ago(8), envelope };
}

function branches(ago: Ago) {
  const skipped = { commit: 'feed0123', reason: 'nothing below app/ changed', at: ago(50) };
  return {
    branches: {
      main: {
        name: 'main',
        repository: CLOUD,
        priority: 2,
        autoBuild: true,
        lastCommit: COMMIT,
        schedules: [{ cron: '0 2 * * *', timeZone: 'Europe/Berlin' }],
      },
      'release/4.21': {
        name: 'release/4.21',
        repository: 'git@git.example:team/vnf-broker.git',
        autoBuild: true,
        lastCommit: 'feed0123',
        skipped,
        needs: ['main'],
      },
      nightly: { name: 'nightly', repository: 'https://git.example/web/portal', enabled: false, strategy: 'Clean' },
    },
  };
}

function rollback(ago: Ago) {
  const point = (day: number, job: string) => ({
    ...{ repository: CLOUD, job, agent: 'build1', commit: COMMIT, builtAt: ago(day * 1440) },
    tag: `build-success-main-2026030${day}T120000Z`,
    ...{
      tagObject: 'ab'.repeat(20),
      target: COMMIT,
      manifestSha256: '1'.repeat(64),
      recordedAt: ago(day * 1440),
      by: 'ada',
    },
  });
  return {
    branch: 'main',
    lastGood: [{ repository: CLOUD, job: LEFT, agent: 'build1', commit: COMMIT, builtAt: ago(8) }],
    points: [point(1, LEFT), point(4, '01kar6older')],
  };
}

function log(ago: Ago): readonly PathCommit[] {
  const of = (operation: string, fields: Record<string, string | number>, transaction: string) =>
    [
      `Operation: ${operation}`,
      ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`),
      `Transaction: ${transaction}`,
    ].join('\n');
  const publish = 'shared/locks/publish.json';
  const one = (minutes: number, author: string, subject: string, told: string, ...paths: string[]) => ({
    minutes,
    author,
    message: `${subject}\n\n${told}\n`,
    paths,
  });
  const commits = [
    one(
      0.4,
      'build1',
      'progress job 01kar9x2runcloud',
      of('progress', { Agent: 'build1', Job: '01kar9x2runcloud', Token: 1 }, 'build1.a.9'),
    ),
    one(
      3,
      'build3',
      'acquire lock publish for build3',
      of('acquire', { Agent: 'build3', Lock: 'publish', Token: 12, Reason: 'release 4.21' }, 'build3.a.8'),
      publish,
    ),
    {
      ...{ minutes: 5, author: 'build2', paths: [publish] },
      message: `2 operations of build2\n\n- finish job 01kar7failedxx: failed\n- release lock publish of build2\n\n${of('finish', { Agent: 'build2', Job: '01kar7failedxx', Token: 3 }, 'build2.a.6')}\n${of('release', { Agent: 'build2', Lock: 'publish', Token: 11 }, 'build2.a.7')}\n`,
    },
    one(
      7,
      'ada',
      'send message 01karmsg2 from ada to build3',
      of('send', { Agent: 'ada', Message: '01karmsg2' }, 'ada.a.3'),
    ),
    one(
      9,
      'ada',
      'break lock publish of build4, by ada',
      of('break', { Agent: 'ada', Lock: 'publish', Reason: 'build4 has been silent for an hour' }, 'ada.a.2'),
      publish,
    ),
    one(60, 'ada', 'drain agent mac-mini', of('drain', { Agent: 'mac-mini', Reason: 'new power supply' }, 'ada.a.1')),
    {
      minutes: 1500,
      author: 'Ann Lee',
      paths: ['shared/branches_config.json'],
      message: 'build the release branch as well\n',
    },
    ...Array.from({ length: 120 }, (_, at) =>
      one(
        1600 + 7 * at,
        `build${1 + (at % 3)}`,
        `finish job 01kar5old${at}: succeeded`,
        of('finish', { Agent: `build${1 + (at % 3)}`, Job: `01kar5old${at}`, Token: 1 }, `x.a.${at}`),
      ),
    ),
  ];
  return commits.map(({ minutes, author, message, paths }, at) => ({
    ...{ author, message, paths, at: ago(minutes) },
    commit: at === 0 ? '9f3c2a7be1d04586a2b7c1f0e9d8a7b6c5d4e3f2' : (at + 0xabc000).toString(16).padStart(40, '3'),
  }));
}
