/** The gate of approvals through the real program: by command, by a file that somebody merges, by rule of yard.json. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

interface Job {
  readonly id: string;
  readonly status: string;
  readonly approvals: readonly { readonly by: string }[];
}
let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({
    people: { ann: { roles: ['BuildMaster'] }, bob: { roles: ['BuildMaster'], names: ['bob@example.org', 'robert'] } },
    approvals: [{ name: 'production', branches: ['release/*'], count: 2 }],
  });
});
afterAll(() => world.remove());

const add = async (...words: string[]): Promise<string> =>
  (await world.json<Job>(['job', 'add', '--agent', 'ann', ...words])).id;
const show = (id: string) => world.json<Job>(['job', 'show', id]);
const why = (id: string) =>
  world.json<{ canEverRun: boolean; reasons: { code: string; text: string }[] }>(['job', 'why', id]);
const approve = (id: string, by: string) => world.run(['job', 'approve', id, '--agent', by, '--json']);
const expectSound = async () => expect(await world.json(['audit'])).toMatchObject({ ok: true, firstViolation: null });

describe('a job that needs approvals', () => {
  it('waits for them, says so, and runs when it has them', async () => {
    const id = await add('--approval', 'bob,carl', '--approvals', '1', '--', 'true');

    expect(await why(id)).toMatchObject({
      canEverRun: false,
      reasons: expect.arrayContaining([
        expect.objectContaining({ code: 'needs-approval', text: expect.stringContaining('approval by bob or carl') }),
      ]),
    });
    expect((await world.run(['job', 'next', '--agent', 'build1', '--json'])).code).toBe(1);
    expect(await world.json(['status'])).toMatchObject({ needsYou: [{ code: 'needs-approval', refs: [id] }] });
    const own = await approve(id, 'ann');
    expect([own.code, JSON.parse(own.stdout).error.code]).toEqual([6, 'DENIED']);

    expect(JSON.parse((await approve(id, 'robert')).stdout)).toMatchObject({ approvals: [{ by: 'bob' }] });
    expect(await world.ok('job', 'show', id)).toMatch(/approved {3,}by bob at/);
    expect(await world.json(['job', 'next', '--agent', 'build1'])).toMatchObject({ id });
    await world.ok('job', 'complete', id, 'succeeded', '--agent', 'build1');
    expect((await approve(id, 'bob')).code).toBe(1);
    await expectSound();
  });

  it('is asked for by a rule for a branch, by two people, one of whom may merge a file that says so', async () => {
    const id = await add('--branch', 'release/9', '--agent', 'carl', '--', 'true');
    expect(await world.ok('job', 'approve', id, '--agent', 'ann')).toContain('is approved by you; 1 more to come');

    await merge({ op: 'approve', target: id, args: { reason: 'announced' } }, 'bob');
    await world.ok('agent', 'allow', '--commands');
    await world.ok('agent', 'run', '--agent', 'build1', '--once');

    expect(await show(id)).toMatchObject({ status: 'succeeded', approvals: [{ by: 'ann' }, { by: 'bob' }] });
    await expectSound();
  });

  it('is rejected with a reason, by who might approve it', async () => {
    const id = await add('--approval', 'BuildMaster', '--', 'true');

    expect((await world.run(['job', 'reject', id, '--agent', 'bob'])).code).toBe(1);
    const words = ['job', 'reject', id, '--agent', 'bob', '--reason', 'not before the freeze is over'];
    expect(await world.json<Job>(words)).toMatchObject({ status: 'cancelled' });
    expect(await world.ok('job', 'show', id)).toContain('rejected: not before the freeze is over');
    await expectSound();
  });
});

/** A proposal of eve, who may approve nothing, that somebody else merges. */
async function merge(wish: object, merger: string): Promise<void> {
  const cwd = join(world.folder, 'proposal');
  const as = (name: string) => ({
    cwd,
    env: {
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: `${name}@example.org` },
      ...{ GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: `${name}@example.org` },
    },
  });
  await git(['clone', '--quiet', '--branch', 'yard', world.yard, cwd], { cwd: world.folder });
  await git(['checkout', '--quiet', '-b', 'wish'], { cwd });
  await writeFile(join(cwd, 'queue', 'approve.json'), JSON.stringify(wish));
  await git(['add', '--all'], { cwd });
  await git(['commit', '--quiet', '--message', 'please'], as('eve'));
  await git(['checkout', '--quiet', 'yard'], { cwd });
  await git(['merge', '--quiet', '--no-ff', '--message', 'Merge it', 'wish'], as(merger));
  await git(['push', '--quiet', 'origin', 'yard'], { cwd });
}
