import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { pathOf } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.ok('job', 'add', '--', 'make');
});
afterAll(() => world.remove());

describe('log and audit', () => {
  it('has a row for each operation, newest first, and finds every rule kept', async () => {
    await world.ok('message', 'send', '--to', 'all', '--subject', 'hi');
    await world.edit({ 'notes.txt': 'by hand\n' });

    const rows = await world.json<Record<string, unknown>[]>(['log']);

    expect(rows.map((it) => it.operation)).toEqual([null, 'send', 'submit', 'begin']);
    expect(rows[2]).toMatchObject({
      agent: 'tester-cli',
      transaction: expect.stringMatching(/^tester-cli\.[0-9a-f]+\.1$/),
    });
    expect((await world.json<unknown[]>(['log', '-n', '2'])).length).toBe(2);
    expect(await world.json(['audit'])).toMatchObject({ ok: true, commits: 4, operations: 2, firstViolation: null });
  });

  it('names the commit that breaks a rule, and exits 1', async () => {
    const other = await makeWorld();
    try {
      await other.ok('lock', 'acquire', 'deploy');
      await other.edit({ 'shared/locks/deploy.json': '{ "name": "deploy", "token": 0, "holders": [] }\n' });

      const { code, stdout } = await other.run(['audit', '--json']);

      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        firstViolation: { commit: expect.stringMatching(/^[0-9a-f]{40}$/) },
      });
    } finally {
      await other.remove();
    }
  });
});

describe('config', () => {
  it('shows each setting with where it is from', async () => {
    await writeFile(join(world.folder, 'agent.json'), '{ "refs": { "logs": "our-logs" } }');

    const rows = await world.json<{ name: string; value: unknown; source: string }[]>(
      ['config', 'show', '--refs-live', 'our-live'],
      {
        env: { GITYARD_HOME: world.folder, GITYARD_TOKEN: 'hush' },
      },
    );
    const row = (name: string) => rows.find((it) => it.name === name);

    expect(row('yard')).toEqual({ name: 'yard', value: world.yard, source: 'environment GITYARD_YARD' });
    expect(row('agent')).toEqual({ name: 'agent', value: 'tester', source: 'environment GITYARD_AGENT' });
    expect(row('refs.live')).toEqual({ name: 'refs.live', value: 'refs/heads/our-live', source: 'flag' });
    expect(row('refs.logs')).toEqual({ name: 'refs.logs', value: 'refs/heads/our-logs', source: 'agent file' });
    expect(row('name')).toEqual({ name: 'name', value: 'acme', source: 'yard.json' });
    expect(row('lease.seconds')).toEqual({ name: 'lease.seconds', value: 600, source: 'default' });
    expect(JSON.stringify(rows)).not.toContain('hush');
  });

  it('says where a broken file of settings is', async () => {
    const home = join(world.folder, 'broken-home');
    const { mkdir } = await import('node:fs/promises');
    await mkdir(home);
    await writeFile(join(home, 'agent.json'), '{ "yard": 7 }');

    const { code, stderr } = await world.run(['status'], { env: { GITYARD_HOME: home } });

    expect(code).toBe(7);
    expect(alike(stderr, world)).toMatchInlineSnapshot(`
      "gityard: <folder>/broken-home/agent.json cannot be read: "yard" is no text; mend it, e.g. { "yard": "https://git.example.org/acme/yard.git" } [INVALID_DATA]
      "
    `);
  });

  it('lints a local file by line and exits 7 for what is invalid', async () => {
    await writeFile(join(world.folder, 'yard.json'), '{\n  "lease": { "seconds": 1 },\n  "hearbeat": {}\n}\n');

    const { code, stdout } = await world.run(['config', 'lint', 'yard.json']);

    expect(code).toBe(7);
    expect(stdout).toMatchInlineSnapshot(`
      "yard.json:2: error lease.seconds must be at least 3
      yard.json:3: warning unknown field hearbeat; did you mean heartbeat?
      "
    `);
    expect((await world.run(['config', 'lint'])).stdout).toBe('yard.json: valid\n');
    expect((await world.run(['config', 'lint', 'missing.json'])).code).toBe(3);
    expect((await world.run(['config', 'lint', '/dev/zero'])).stdout).toContain('larger than');
  });

  it('takes no link for a yard.json, and knows the settings of a machine', async () => {
    const home = join(world.folder, 'linted-home');
    await mkdir(home);
    await writeFile(join(home, 'agent.json'), '{\n  "yrad": "/srv/yard.git"\n}\n');
    await writeFile(join(home, 'real.json'), '{}');
    await symlink('real.json', join(home, 'yard.json'));

    const lint = (...words: string[]) => world.run(['config', 'lint', ...words], { env: { GITYARD_HOME: home } });

    const link = await lint(join(home, 'yard.json'), join(home, 'real.json'));
    expect(link.code).toBe(7);
    expect(link.stdout).toMatch(/yard\.json: error is a link.*\n.*real\.json: valid/);
    const own = await lint(join(home, 'agent.json'));
    expect(own).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('agent.json:2: warning nothing reads the setting yrad; did you mean yard?'),
    });
    expect((await lint()).stdout).toMatch(/nothing reads the setting yrad/);
  });

  it('lints the gityard.yml of a repository that is built, with line, column and what was meant', async () => {
    const cwd = join(world.folder, 'built');
    await mkdir(cwd);
    await writeFile(join(cwd, 'gityard.yml'), 'toolchain: npm\nstages:\n  biuld: [make]\n');

    const { code, stdout } = await world.run(['config', 'lint', 'gityard.yml'], { cwd });
    expect({ code, stdout }).toEqual({
      code: 7,
      stdout: 'gityard.yml:3:3: error unknown field stages.biuld; did you mean build?\n',
    });
    await writeFile(join(cwd, 'gityard.yml'), 'matchers: [eslint, nosuch]\n');
    expect(await world.run(['config', 'lint', 'gityard.yml'], { cwd })).toMatchObject({
      code: 7,
      stdout: expect.stringContaining('error matchers: nosuch is neither a problem matcher'),
    });
    await writeFile(join(cwd, 'gityard.yml'), 'stages:\n  build: [make]\n');
    const both = await world.run(['config', 'lint'], { cwd });
    expect({ code: both.code, stdout: both.stdout }).toEqual({
      code: 0,
      stdout: 'yard.json: valid\ngityard.yml: valid\n',
    });
    const json = JSON.parse((await world.run(['config', 'lint', '--json'], { cwd })).stdout);
    expect(json).toMatchObject({ ok: true, findings: [] });
  });
});

describe('broken files', () => {
  it('lists what people broke, and keeps the last valid version in force', async () => {
    const other = await makeWorld();
    try {
      await other.edit({ 'yard.json': '{\n  "name": "acme",,\n}\n' });

      expect(await other.json(['quarantine', 'list'])).toMatchObject([
        { path: 'yard.json', code: 'INVALID_DATA', line: 2, blob: expect.any(String) },
      ]);
      expect((await other.run(['config', 'lint'])).code).toBe(7);
      expect(await other.json(['status'])).toMatchObject({ quarantined: 1 });
    } finally {
      await other.remove();
    }
  });

  it('passes over a job whose file is broken, says why it waits, and restores it with the reason in the history', async () => {
    const other = await makeWorld();
    try {
      const add = (...words: string[]) => other.json<{ id: string }>(['job', 'add', ...words, '--', 'make']);
      const first = await add('--priority', '1');
      const second = await add();
      const path = pathOf('job', first.id);
      await other.edit({ [path]: '{ "id": ' });

      expect(await other.json(['job', 'why', first.id])).toMatchObject({
        canEverRun: false,
        reasons: [
          { code: 'invalid', text: expect.stringContaining('gityard quarantine restore'), refs: [path] },
          { code: 'no-agent-with' },
        ],
      });
      expect(await other.json(['job', 'next'])).toMatchObject({ id: second.id, status: 'claimed' });
      await other.ok('job', 'complete', second.id, 'succeeded');

      expect((await other.run(['job', 'cancel', first.id, '--dry-run'])).code).toBe(7);
      expect((await other.run(['job', 'cancel', first.id])).code).toBe(7);

      await other.ok('quarantine', 'restore', '--reason', 'a slip of the hand');

      expect(await other.ok('doctor')).toMatch(/quarantine: 1 restored one to look at/);

      expect(await git(['log', '-1', '--format=%(trailers:key=Reason)', 'yard'], { cwd: other.yard })).toContain(
        'Reason: a slip of the hand',
      );
      expect(await other.json(['job', 'next'])).toMatchObject({ id: first.id, status: 'claimed' });
      expect(await other.json(['audit'])).toMatchObject({ ok: true });
    } finally {
      await other.remove();
    }
  });

  it('reads a yard of a newer program, and writes nothing to it', async () => {
    const other = await makeWorld();
    try {
      await other.edit({ 'yard.json': '{ "schemaVersion": 99, "name": "future" }\n' });

      expect((await other.run(['status'])).code).toBe(0);
      const { code, stdout } = await other.run(['job', 'add', '--json', '--', 'make']);
      expect(code).toBe(7);
      expect(JSON.parse(stdout).error).toMatchObject({
        code: 'NEWER_SCHEMA',
        hint: expect.stringContaining('update gityard'),
      });
    } finally {
      await other.remove();
    }
  });
});
