/** The workflows that yards get: judged as they are written, and their scripts run as a host runs them. */
import { mkdir, mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, type PretendedIssues, pretendIssues } from '@gityard/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { lintWorkflow, parseWorkflow } from '../../scripts/lint-workflow.ts';
import { makeWorld, type World } from '../program.fixture.ts';
import { fileOf, WORKFLOWS } from './list.ts';
import { renderWorkflow } from './render-workflow.ts';
import { type Host, programFolder, runStep } from './run-steps.fixture.ts';

const REFS = { state: 'refs/heads/yard', live: 'refs/heads/yard-live', logs: 'refs/heads/yard-logs' };
const settings = { refs: REFS, docs: 'docs', program: 'package' } as const;
const written = (name: string, more = {}) => renderWorkflow({ name }, { ...settings, ...more });

describe('the workflows of a yard', () => {
  it.each(WORKFLOWS.map((it) => it.name))('%s is as actionlint and our rules want it', async (name) => {
    const pinned = { version: '1.2.3', digest: '0'.repeat(64) };
    for (const more of [{}, { pinned }, { program: 'checkout' }])
      expect(await lintWorkflow(await written(name, more), name)).toEqual([]);
  });

  const PLANTED: readonly (readonly [string, string | RegExp, string, RegExp])[] = [
    ['health-monitor', 'permissions: {}', 'permissions: write-all', /rights of the whole workflow/],
    ['health-monitor', 'permissions: {}\n', '', /rights of the whole workflow/],
    ['health-monitor', / {4}permissions:\n(?: {6}.*\n){3}/, '', /its rights must be named/],
    ['health-monitor', /@[0-9a-f]{40} # /, '@', /pinned by its commit/],
    ['health-monitor', / # v4.*/, '', /pinned by its commit/],
    ['health-monitor', 'workflow_dispatch', 'pull_request_target', /pull_request_target/],
    ['health-monitor', 'workflow_dispatch', 'pull_request', /see no secret/],
    ['health-monitor', '"2-57/5', '"*/5', /due on the hour/],
    ['health-monitor', 'cancel-in-progress: false', 'cancel-in-progress: true', /must not be cancelled/],
    ['health-monitor', '    timeout-minutes: 10\n', '', /timeout-minutes/],
    ['health-monitor', 'run: gityard monitor', `run: gityard $${'{{ github.actor }}'}`, /through its environment/],
    ['health-monitor', 'run: gityard monitor', `run: gityard $${'{{ github.head_ref }}'}`, /potentially untrusted/],
    ['health-monitor', ' --ignore-scripts', '', /--ignore-scripts/],
    ['health-monitor', 'steps:', 'stepz:', /stepz/],
    ['validate', 'persist-credentials: false', 'fetch-tags: false', /persist-credentials/],
  ];
  it.each(PLANTED)('are found out: %s with %s turned into "%s"', async (name, from, to, problem) => {
    const text = await written(name);
    const broken = text.replace(from, () => to);

    expect(broken).not.toBe(text);
    expect((await lintWorkflow(broken, 'broken.yml')).join('\n')).toMatch(problem);
  });

  it('watch the branch, and publish the folder, that this yard has', async () => {
    const refs = { ...REFS, state: 'refs/heads/team/a+b' };
    const [monitor, pages] = [await written('health-monitor', { refs }), await written('pages', { docs: 'site/page' })];

    expect(parseWorkflow(monitor)).toMatchObject({
      on: { push: { branches: ['team/a\\+b'] } },
      env: { GITYARD_REFS_STATE: 'team/a+b', GITYARD_REFS_LIVE: 'yard-live' },
    });
    expect(parseWorkflow(pages)).toMatchObject({ on: { push: { paths: ['site/page/**'] } } });
    await expect(written('pages', { docs: `$${'{{ secrets.X }}'}` })).rejects.toThrow(/would be an expression/);
  });
});

describe('init for GitHub', () => {
  it('writes them, puts those onto the state branch that watch it, and changes nothing the second time', async () => {
    const { folder, yard } = world;
    const project = join(folder, 'project');
    await git(['init', '--quiet', project], { cwd: folder });
    await mkdir(join(project, '.github/workflows'), { recursive: true });
    await writeFile(join(project, '.github/workflows/pages.yml'), 'name: mine\n');
    const init = () => world.json(['init', yard, '--github', 'acme/app'], { cwd: project });

    const first = await init();
    const again = await init();

    const onState = ['.github/workflows/health-monitor.yml', '.github/workflows/validate.yml'];
    expect(first).toMatchObject({ workflows: { onState, trouble: null } });
    expect(again).toMatchObject({ workflows: { onState: [], trouble: null } });
    expect(await readFile(join(project, '.github/workflows/pages.yml'), 'utf8')).toBe('name: mine\n');
    for (const it of WORKFLOWS.filter(({ name }) => name !== 'pages'))
      expect(await readFile(join(project, fileOf(it)), 'utf8')).toBe(await written(it.name));
    for (const file of onState)
      expect(await git(['show', `yard:${file}`], { cwd: yard })).toBe(await readFile(join(project, file), 'utf8'));
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
    expect((await world.json<{ needsYou: unknown[] }>(['status'])).needsYou).toEqual([]);
  });
});

describe('init where the host lets a token push no workflows', () => {
  it('goes on, and says which files people have to put onto which branch', async () => {
    const { folder } = world;
    const closed = join(folder, 'closed.git');
    await world.ok('init', closed);
    const hook = join(closed, 'hooks/pre-receive');
    await mkdir(join(closed, 'hooks'), { recursive: true });
    await writeFile(hook, '#!/bin/sh\necho "refusing to allow it without workflow scope" >&2\nexit 1\n', {
      mode: 0o755,
    });

    const { code, stdout } = await world.run(['init', closed, '--github', 'acme/closed', '--docs', 'closed-docs']);

    expect(code).toBe(0);
    expect(stdout).toMatch(/^not put onto yard: .*/m);
    expect(stdout).toContain('commit .github/workflows/health-monitor.yml and .github/workflows/validate.yml to yard');
  });
});

let world: World;
let issues: PretendedIssues;
let server: Awaited<ReturnType<PretendedIssues['listen']>>;
let program: string;

beforeAll(async () => {
  world = await makeWorld();
  program = await programFolder(world.folder);
  issues = pretendIssues({ now: new Date().toISOString() });
  server = await issues.listen();
});
afterAll(async () => {
  await server.close();
  await world.remove();
});
afterEach(() => expect(issues.problems).toEqual([]));

async function host(more: Partial<Host> = {}): Promise<Host> {
  const folder = await mkdtemp(join(world.folder, 'runner-'));
  const { env, ...others } = more;
  return {
    folder,
    cwd: folder,
    env: {
      HOME: folder,
      PATH: `${program}:${process.env.PATH}`,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_API_URL: server.apiUrl,
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_REF_NAME: 'main',
      GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
      GITHUB_RUN_ID: '77',
      RUNNER_TEMP: folder,
      ...env,
    },
    expressions: {
      "vars.GITYARD_YARD || format('{0}/{1}', github.server_url, github.repository)": world.yard,
      'vars.GITYARD_YARD': world.yard,
      'vars.GITYARD_PACKAGE': '',
      'github.token': issues.tracker.rules.token,
      'secrets.GITYARD_TOKEN || github.token': issues.tracker.rules.token,
      'secrets.GITYARD_TOKEN': '',
    },
    ...others,
  };
}

describe('the scripts of the workflows', () => {
  it('bring the program from where the variable says, when it is not there', async () => {
    const runner = await host();
    const made = join(runner.folder, 'package');
    await mkdir(made);
    await writeFile(join(made, 'package.json'), '{"name": "gityard", "version": "9.9.9", "bin": "program.js"}');
    await writeFile(join(made, 'program.js'), '#!/usr/bin/env node\nconsole.log("brought");\n');
    const bring = (PATH: string, place = made) =>
      written('health-monitor').then((text) =>
        runStep(text, 'Install gityard', {
          ...runner,
          env: { ...runner.env, PATH, npm_config_prefix: join(runner.folder, 'prefix'), npm_config_offline: 'true' },
          expressions: { ...runner.expressions, 'vars.GITYARD_PACKAGE': place },
        }),
      );
    const prefix = join(runner.folder, 'prefix/bin/gityard');

    expect(await bring(`${program}:${process.env.PATH}`)).toMatchObject({ code: 0, stdout: `${program}/gityard\n` });
    await expect(stat(prefix)).rejects.toThrow();

    // Whoever runs the specs by npm has its own programs in the way.
    const without = (process.env.PATH ?? '').split(':').filter((it) => !it.includes('node_modules'));
    // Nobody said from where, and its name at a registry may be anybody's.
    expect(await bring(without.join(':'), '')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^::error .*::Set the variable GITYARD_PACKAGE/),
    });
    await expect(stat(prefix)).rejects.toThrow();
    expect(await bring(without.join(':'))).toMatchObject({ code: 0 });
    expect((await stat(prefix)).isFile()).toBe(true);
  });

  it('monitor: opens an issue for what fails in the yard', async () => {
    await world.edit({ 'shared/agents/mac.json': '{ broken' });

    const { code, stdout } = await runStep(await written('health-monitor'), 'Monitor', await host());

    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('opened #1') });
    expect(issues.tracker.issues.map((it) => it.title)).toEqual(['[acme] shared/agents/mac.json is not in force']);
    await world.edit({ 'shared/agents/mac.json': '' });
  });

  it('validate: marks what people broke on the file and the line, and looks at nothing else', async () => {
    const clone = await mkdtemp(join(world.folder, 'clone-'));
    await git(['clone', '--quiet', '--branch', 'yard', world.yard, clone], { cwd: world.folder });
    const commit = async (files: Record<string, string>) => {
      for (const [name, text] of Object.entries(files)) {
        await mkdir(join(clone, name, '..'), { recursive: true });
        await writeFile(join(clone, name), text);
      }
      await git(['add', '--all'], { cwd: clone });
      await git(['commit', '--quiet', '--message', 'by hand'], { cwd: clone });
      return (await git(['rev-parse', 'HEAD'], { cwd: clone })).trim();
    };
    const check = async (before: string, cwd = clone) =>
      runStep(
        await written('validate'),
        'Check what changed',
        await host({
          cwd,
          expressions: { 'github.event.pull_request.base.sha || github.event.before': before },
        }),
      );
    const old = await commit({ 'queue/old.json': '{ no' });
    const hostile = 'queue/a$(touch pwned)\n::error::b.json';
    await commit({ 'queue/team/new.json': '{\n  "priority": 11\n}', [hostile]: '{ no', 'queue/note.md': 'no' });
    const good = await commit({ 'queue/good.json': '{"command": ["make"]}' });

    const bad = await check(old);
    expect(bad.code).toBe(7);
    expect(bad.stdout.match(/^::error .*$/gm)).toEqual([
      expect.stringMatching(/^::error file=queue\/a\$\(touch pwned\)%0A%3A%3Aerror%3A%3Ab\.json,line=1::is not JSON/),
      expect.stringMatching(/^::error file=queue\/team\/new\.json,line=2::.*priority must/),
    ]);
    await expect(stat(join(clone, 'pwned'))).rejects.toThrow();

    await commit({ 'yard.json': '{\n  "poll": {"seconds": "soon"}\n}' });
    const settingsBad = await check(good);
    expect(settingsBad).toMatchObject({
      code: 7,
      stdout: expect.stringMatching(/^::error file=yard\.json,line=2::.*seconds must/),
    });

    const last = await commit({ 'yard.json': '{}', 'README.md': 'people' });
    expect(await check(last)).toMatchObject({ code: 0, stdout: '' });
    const profiles = { 'shared/branches_config.json': '{\n  "branches": {"main": {"priority": 1}}\n}' };
    await commit(profiles);
    const all = await check('0'.repeat(40));
    expect(all.stdout).toContain('::error file=queue/old.json,line=1::');
    expect(all.stdout).toMatch(/^::error file=shared\/branches_config\.json,line=2::branches\.main lacks/m);
    expect((await check('0'.repeat(40), world.folder)).code).toBe(128);
  });

  it('ci-enqueue: asks a yard for a build, ends as it ends, and takes it back when nobody waits', async () => {
    const text = await written('ci-enqueue');
    const runner = await host();
    const enqueued = await runStep(text, 'Enqueue', runner);
    const job = /^id=(.+)$/m.exec(enqueued.outputs)?.[1] ?? '';
    const later = { ...runner, expressions: { ...runner.expressions, 'steps.job.outputs.id': job } };
    const shown = () => world.json(['job', 'show', job]);

    expect(enqueued).toMatchObject({ code: 0, summary: `Job \`${job}\`\n` });
    expect(await shown()).toMatchObject({
      repository: 'https://github.com/acme/app',
      branch: 'main',
      commit: runner.env.GITHUB_SHA,
      submittedBy: 'github-actions',
    });
    expect((await runStep(text, 'Enqueue', runner)).outputs).toBe(enqueued.outputs);

    const waiting = runStep(text, 'Wait for its end', later);
    expect((await runStep(text, 'Nobody waits for it any more', later)).code).toBe(0);
    expect((await waiting).code).toBe(1);
    expect(await shown()).toMatchObject({ status: 'cancelled' });

    const { code, stdout } = await runStep(text, 'What it printed', later);
    const [, mark] = /^::stop-commands::([0-9a-f-]{36})$/m.exec(stdout) ?? [];
    expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: `::${mark}::` });
  });

  it('chat-ops: does in the yard what a comment asks for, once, however often the run is repeated', async () => {
    const { tracker } = issues;
    const { id } = await world.json<{ id: string }>(['job', 'add', '--', 'false']);
    await world.ok('job', 'cancel', id);
    const change = tracker.open({ title: 'a change', body: 'x', isPull: true });
    const ann = { login: 'ann', type: 'User', association: 'MEMBER' } as const;
    tracker.permissions.set('ann', 'write');
    const event = join(await mkdtemp(join(world.folder, 'event-')), 'event.json');
    const anHourAgo = new Date(Date.parse(tracker.now) - 3_600_000).toISOString();
    const write = async (body: string) => {
      const number = tracker.comment(change, body, ann);
      const comment = { id: number, body, created_at: anHourAgo, user: { login: 'ann', type: 'User' } };
      const of = { issue: { number: change.number, pull_request: {} }, repository: { full_name: 'acme/app' } };
      await writeFile(event, JSON.stringify({ action: 'created', comment, ...of }));
    };
    const run = async () =>
      runStep(await written('chat-ops'), 'Answer', await host({ env: { GITHUB_EVENT_PATH: event } }));
    const runAgain = () =>
      world.run(['monitor', '--comment'], {
        env: {
          GITHUB_API_URL: server.apiUrl,
          GITHUB_TOKEN: tracker.rules.token,
          GITHUB_REPOSITORY: 'acme/app',
          GITHUB_EVENT_PATH: event,
        },
      });
    const rows = async () =>
      (await world.json<{ operation: string; reason: string }[]>(['log'])).filter((it) => it.operation === 'retry');

    await write(`/gityard retry ${id}\n\nit was the disk`);
    const first = await run();
    await world.ok('job', 'cancel', id);
    const again = await runAgain();

    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining(`job ${id} is in the queue again`) });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('it was answered before') });
    expect(await rows()).toMatchObject([
      { by: 'ann', reason: expect.stringMatching(/^comment \d+ of acme\/app#\d+$/) },
    ]);
    expect(change.comments.map((it) => it.by.login)).toEqual(['ann', 'github-actions[bot]']);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });

    // As if the first run had died before it answered.
    change.comments.splice(1);
    const third = await runAgain();
    expect(third.stdout).toContain('is in the queue again');
    expect([(await rows()).length, change.comments.length]).toEqual([1, 2]);

    await write(`/gityard cancel ${id} $(touch pwned)`);
    expect(await runAgain()).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('refused: there are words too many'),
    });
  });
});
