/** The repository is lost in the middle of builds, and made again from a backup that is older than some of them. */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type NodeProcess, startNode, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM, type World } from '../program.fixture.ts';

const AGENTS = ['one', 'two'];

interface Shown {
  readonly status: string;
  readonly token: number;
  readonly agent: string | null;
  readonly attempts: readonly { readonly status: string }[];
}

describe('a yard whose repository is lost while its agents build', () => {
  let world: World;
  let place: string;
  let agents: NodeProcess[] = [];
  /** Asked for before the backup and after it. */
  let known: string;
  let lost: string;
  let restored: Record<string, unknown>;

  const homeOf = (agent: string) => ({ GITYARD_HOME: join(world.folder, agent), GITYARD_AGENT: agent });
  const start = (...words: string[]) => {
    agents = AGENTS.map((agent) =>
      startNode(PROGRAM, ['agent', 'run', '--yard', world.yard, '--labels', agent, ...words], {
        cwd: world.folder,
        env: { HOME: world.folder, TZ: 'UTC', ...homeOf(agent) },
      }),
    );
  };
  const show = (id: string) => world.json<Shown>(['job', 'show', id]);
  /** By its own mark: a job is called running a moment before its holder has proof of it. */
  const runs = (name: string) =>
    waitFor(async () => (await readdir(world.folder)).includes(`${name}.begun`), { what: `${name} runs` });
  const spooled = (agent: string) => world.json<unknown[]>(['spool', 'list'], { env: homeOf(agent) });

  /** Ends when a person says so. */
  async function add(name: string, agent: string): Promise<string> {
    const script = `touch ${join(world.folder, name)}.begun; while [ ! -e ${join(world.folder, name)} ]; do sleep 0.1; done; echo done`;
    const { id } = await world.json<{ id: string }>(['job', 'add', '--labels', agent, '--', 'sh', '-c', script]);
    return id;
  }

  beforeAll(async () => {
    world = await makeWorld();
    place = join(world.folder, 'backups');
    await world.configure({ heartbeat: { intervalSeconds: 1 }, lease: { seconds: 120 }, poll: { seconds: 0.3 } });
    for (const agent of AGENTS) {
      await mkdir(join(world.folder, agent), { recursive: true });
      const policy = { commands: true, repositories: [], sandbox: 'none', unsandboxed: true };
      await writeFile(join(world.folder, agent, 'policy.json'), JSON.stringify(policy), { mode: 0o600 });
    }
    start();
    known = await add('first', 'one');
    await runs('first');
    await world.ok('backup', '--to', place, '--verify');
    lost = await add('second', 'two');
    await runs('second');

    await rename(world.yard, join(world.folder, 'gone.git'));
    for (const name of ['first', 'second']) await writeFile(join(world.folder, name), '');
    for (const [at, agent] of AGENTS.entries())
      await waitFor(async () => agents[at] && (await spooled(agent)).length > 0, {
        what: `${agent} holds its result`,
      });

    restored = await world.json(['restore', 'latest', '--from', place, '--into', world.yard]);
    // Without a word: they end more gently, but hold on to their results for as long as the yard is not theirs.
    for (const it of agents) await it.dispose();
    start('--accept-rewrite');
    await waitFor(async () => (await show(known)).status === 'succeeded', {
      what: 'the result that was held is there',
    });
  });
  afterAll(async () => {
    for (const it of agents) await it.dispose();
    await world.remove();
  });

  it('has the result that an agent held, once, under the token that it was built with', async () => {
    expect(restored).toMatchObject({ held: [known] });
    expect(await show(known)).toMatchObject({ token: 1, attempts: [{ status: 'succeeded', agent: 'one', token: 1 }] });
  });

  it('has not what was asked for after the backup, and whoever built it is told', async () => {
    const refused = await waitFor(
      async () => {
        const rows = (await spooled('two')) as { state?: string; code?: string }[];
        return rows.some(({ code }) => code === 'NOT_FOUND') && rows;
      },
      { what: 'the result of a job that is lost is refused' },
    );

    expect(JSON.stringify(refused)).toContain(lost);
    expect((await world.run(['job', 'show', lost])).code).toBe(3);
  });

  it('goes on, with tokens that nobody can have had, and a history that keeps every rule', async () => {
    const next = await add('first', 'two');
    await waitFor(async () => (await show(next)).status === 'succeeded', { what: 'the next job is built' });

    expect((await show(next)).token).toBeGreaterThan(1_000);
    expect(await world.json(['audit'])).toMatchObject({ ok: true, firstViolation: null });
  });
});
