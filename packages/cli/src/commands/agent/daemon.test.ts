import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeProcess, startNode } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../../program.fixture.ts';

let world: World;
let home: string;
let env: Record<string, string>;
beforeAll(async () => {
  world = await makeWorld();
  home = join(world.folder, 'agent');
  env = { GITYARD_HOME: home };
});
afterAll(() => world.remove());

describe('agent allow', () => {
  it('keeps what may run here, and takes it back', async () => {
    const url = 'https://git.example.com/acme/app.git';

    expect(await world.json(['agent', 'allow', '--list'], { env })).toMatchObject({
      home,
      repositories: [],
      scripts: [],
      commands: false,
      environment: [],
    });
    expect(await world.json(['agent', 'allow', url, 'local', 'https://git.example.com/lib-*'], { env })).toMatchObject({
      repositories: [join(world.folder, 'local'), url, 'https://git.example.com/lib-*'],
      commands: false,
    });
    expect((await world.run(['agent', 'allow', '--commands'], { env })).stdout).toContain('jobs may bring commands');
    expect(await world.json(['agent', 'allow', '--remove', '--commands', url], { env })).toMatchObject({
      repositories: [join(world.folder, 'local'), 'https://git.example.com/lib-*'],
      commands: false,
    });
  });

  it('keeps which variables builds may see', async () => {
    const shown = await world.run(['agent', 'allow', '--env', 'LICENCE_SERVER,ACME_*'], { env });
    expect(shown.stdout).toContain('builds see ACME_*, LICENCE_SERVER');
    expect(await world.json(['agent', 'allow', '--remove', '--env', 'ACME_*'], { env })).toMatchObject({
      environment: ['LICENCE_SERVER'],
    });
  });

  it('keeps which scripts a message may ask for, and what a task receiver may see', async () => {
    expect(await world.json(['agent', 'allow', '--scripts', 'a.sh,b.sh'], { env })).toMatchObject({
      scripts: ['a.sh', 'b.sh'],
    });
    expect(await world.json(['agent', 'allow', '--receiver', 'Worker1', '--env', 'X'], { env })).toMatchObject({
      home: join(home, 'receivers', 'worker1'),
      environment: ['X'],
      scripts: [],
    });
  });

  it('refuses to guess', async () => {
    expect((await world.run(['agent', 'allow'], { env })).code).toBe(2);
    expect((await world.run(['agent', 'allow', '--list', 'x'], { env })).code).toBe(2);
    expect((await world.run(['agent', 'allow', '--', '--upload-pack=x'], { env })).code).toBe(2);
  });
});

describe('agent run', () => {
  it('asked for one job, says what would have to be allowed, then builds it and exits as it ended', async () => {
    await world.ok('job', 'add', '--', 'sh', '-c', 'exit 0');
    await world.ok('agent', 'list');

    const refused = await world.spawn(['agent', 'run', '--once'], { env });
    expect(refused.code).toBe(6);
    expect(refused.stderr).toContain('gityard agent allow --commands [POLICY]');

    await world.run(['agent', 'allow', '--commands'], { env });
    const done = await world.spawn(['agent', 'run', '--once', '--json'], { env });
    expect(done.code).toBe(0);
    expect(JSON.parse(done.stdout)).toMatchObject({ agent: 'tester', exitCode: 0 });
    const events = done.stderr
      .trim()
      .split('\n')
      .map((it) => JSON.parse(it).kind);
    expect(events).toEqual(expect.arrayContaining(['registered', 'claimed', 'stage', 'ended', 'stopped']));

    const none = await world.spawn(['agent', 'run', '--once', '--json'], { env });
    expect(none.code).toBe(1);
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { code: 'NO_RUNNABLE_JOB' } });
  });

  it('asked for one job where the sandbox that its owner wishes for is missing, refuses and says how to go on', async () => {
    const home = join(world.folder, 'without-sandbox');
    await mkdir(home);
    await writeFile(join(home, 'policy.json'), JSON.stringify({ commands: true, sandbox: 'none', unsandboxed: false }));

    const { code, stderr } = await world.spawn(['agent', 'run', '--once'], { env: { ...env, GITYARD_HOME: home } });

    expect(code).toBe(6);
    expect(stderr).toContain('gityard agent allow --unsandboxed');
  });

  it('exits 1 when its one job failed', async () => {
    await world.ok('job', 'add', '--', 'sh', '-c', 'exit 9');

    const { code, stdout } = await world.spawn(['agent', 'run', '--once'], { env });

    expect(code).toBe(1);
    expect(stdout).toMatch(/^job \w+ failed: /);
  });

  it('drains at the first signal, and refuses a second daemon in its folder until then', async () => {
    const daemon: NodeProcess = startNode(PROGRAM, ['agent', 'run', '--yard', world.yard, '--agent', 'tester'], {
      cwd: world.folder,
      env: { ...env, HOME: world.folder },
    });
    try {
      await daemon.waitForLine(/tester has joined/);
      const second = await world.spawn(['agent', 'run', '--json'], { env });
      expect(second.code).toBe(4);
      expect(JSON.parse(second.stdout)).toMatchObject({ error: { code: 'DUPLICATE_AGENT' } });

      daemon.kill('SIGTERM');

      expect(await daemon.exit).toEqual({ code: 0, signal: null });
      expect(daemon.stdout).toEqual(['drained']);
    } finally {
      await daemon.dispose();
    }
  });
});
