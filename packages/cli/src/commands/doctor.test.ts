import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../doctor/list.ts';
import type { Checked } from '../doctor/run-checks.ts';
import { makeWorld, type World } from '../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.remove());

interface Report {
  readonly ok: boolean;
  readonly checks: readonly Checked[];
}

describe('doctor', () => {
  it('finds a yard and a machine in order, and leaves out what is not there', async () => {
    const { ok, checks } = await world.json<Report>(['doctor']);

    expect(checks.filter((it) => it.verdict === 'warn' || it.verdict === 'fail')).toEqual([]);
    expect(ok).toBe(true);
    expect(checks.map((it) => it.name)).toEqual(CHECKS.map((it) => it.name));
    expect(checks.find((it) => it.name === 'service')).toMatchObject({ verdict: 'skip', ok: true, runbook: null });
  });

  it('shows what counts, and with --verbose all', async () => {
    const [short, long] = [await world.ok('doctor'), await world.ok('doctor', '--verbose')];

    expect(short).toMatch(/^ok {3}yard: /m);
    expect(short).not.toContain('service');
    expect(short).toMatch(/\d+ checks left out, --verbose says why\n$/);
    expect(long).toMatch(/^- {4}service \(what agent install has installed\): no service was installed/m);
  });

  it('does only what is asked for, and what that rests on', async () => {
    const names = async (only: string) =>
      (await world.json<Report>(['doctor', '--only', only])).checks.map((it) => it.name);

    expect(await names('node,home')).toEqual(['node', 'home']);
    expect(await names('push')).toEqual(['yard', 'push']);
    expect(await world.run(['doctor', '--only', 'yrad'])).toMatchObject({ code: 2 });
  });

  it('says in which sandbox builds run here, and where none works what to do', async () => {
    const home = join(world.folder, 'builder');
    const env = { GITYARD_HOME: home };
    const found = async () => (await world.run(['doctor', '--only', 'sandbox', '--json'], { env })).stdout;
    expect(await found()).toContain('nothing is allowed to run here yet');

    await world.run(['agent', 'allow', '--commands'], { env });
    expect(await found()).toMatch(/builds run in (bwrap|systemd-run|podman)|install bubblewrap/);
    const policy = { commands: true, sandbox: 'none', unsandboxed: false };
    await writeFile(join(home, 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
    expect(await found()).toContain('gityard agent allow --unsandboxed');
  });

  it('changes nothing in the yard', async () => {
    const before = await readFile(join(world.yard, 'refs/heads/yard'), 'utf8');

    await world.ok('doctor');

    expect(await readFile(join(world.yard, 'refs/heads/yard'), 'utf8')).toBe(before);
  });

  it('says what is wrong when the yard is not there, what to do and where more is written', async () => {
    const { code, stdout } = await world.run(['doctor', '--yard', '/nowhere', '--json']);

    expect(code).toBe(1);
    const { checks } = JSON.parse(stdout) as Report;
    expect(checks.find((it) => it.name === 'yard')).toMatchObject({
      ok: false,
      verdict: 'fail',
      remedy: expect.any(String),
      runbook: expect.stringMatching(/docs\/guide\/runbook\.html#the-yard-cannot-be-reached$/),
    });
    expect(checks.find((it) => it.name === 'push')).toMatchObject({
      verdict: 'skip',
      text: 'the yard cannot be reached',
    });
  });
});
