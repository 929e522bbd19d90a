import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@gityard/domain';
import { temporaryFolder } from '@gityard/testing';
import { auditYard } from '@gityard/yard';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from './agent.fixture.ts';
import { allow } from './policy/change-policy.ts';

const shell = (script: string) => ['sh', '-c', script];

describe('a canary', () => {
  let yard: TestYard;
  beforeAll(async () => {
    // Nobody falls silent here, and on a busy machine a beat may be late; three that look around all the time keep it busy.
    yard = await testYard({ lease: { seconds: 60 }, heartbeat: { intervalSeconds: 5 }, poll: { seconds: 0.5 } });
    for (const id of ['a1', 'a2', 'a3']) {
      await allow(yard.homeOf(id), { repositories: ['*'] });
      await yard.start(id);
    }
    await yard.until('the fleet is there', (state) => state.agents.size === 3);
    for (const id of ['a1', 'a2', 'a3']) await yard.beat(id);
  });
  afterAll(() => yard.close());

  const partsOf = async (id: string): Promise<readonly Job[]> =>
    [...(await yard.person.refresh()).jobs].filter((it) => it.parent === id).sort((a, b) => (a.id < b.id ? -1 : 1));
  const expectSound = async () =>
    expect(await auditYard(yard.person)).toMatchObject({ ok: true, firstViolation: null });

  it('goes first, then all the others, and tells that they made the same of it', async () => {
    const same = await yard.add(shell('echo same > $GITYARD_ARTIFACTS/app'), { strategy: 'Canary' });
    const job = await yard.untilStatus(same, 'succeeded');

    const [canary, ...followers] = await partsOf(same);
    expect(canary).toMatchObject({ part: { kind: 'canary' }, strategy: 'Clean', status: 'succeeded' });
    expect(followers.map((it) => [it.part?.kind, it.status, it.needs])).toEqual([
      ['follower', 'succeeded', [canary?.id]],
      ['follower', 'succeeded', [canary?.id]],
    ]);
    expect([canary, ...followers].map((it) => it?.attempts[0]?.agent).sort()).toEqual(['a1', 'a2', 'a3']);
    const { manifests, attestations } = yard.person.state;
    expect(job.result).toMatchObject({ artifacts: 1, manifest: expect.any(String), attestation: expect.any(String) });
    expect(manifests.get(same)).toMatchObject({ job: same, token: job.token });
    expect(manifests.get(same)?.artifacts).toEqual(manifests.get(canary?.id ?? '')?.artifacts);
    expect(attestations.get(same)?.envelope).toBeDefined();
    expect(job.result?.built).toMatch(/^a\d first, then a\d, a\d: all succeeded; the artifacts of all are identical$/);
    await expectSound();
  });

  it('keeps the others from what it could not do itself', async () => {
    const id = await yard.add(shell('echo it broke; exit 1'), { strategy: 'Canary' });

    const job = await yard.untilStatus(id, 'failed');

    expect(job.split?.failure).toMatch(/^the canary \S+ for a\d has failed on a\d: /);
    expect((await partsOf(id)).map((it) => [it.status, it.attempts.length])).toEqual([
      ['failed', 1],
      ['cancelled', 0],
      ['cancelled', 0],
    ]);
    await expectSound();
  });

  it('is what a repository may ask for, with checks that keep the others from building', async () => {
    const project = await temporaryFolder();
    const git = (...args: string[]) =>
      execFileSync('git', ['-C', project.path, '-c', 'user.name=s', '-c', 'user.email=s@s', ...args]);
    const recipe =
      'strategy: Canary\nstages: {build: [sh, -c, ":"]}\nchecks: [sh, -c, "echo 3 vulnerabilities; exit 1"]\n';
    await writeFile(join(project.path, 'gityard.yml'), recipe);
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'a commit');
    const id = await yard.add([], { command: null, repository: project.path });

    const job = await yard.untilStatus(id, 'failed');

    expect(job).toMatchObject({ strategy: 'Incremental', strategyNamed: false, split: { kind: 'canary' } });
    expect(job.split?.failure).toMatch(/has failed on a\d: a check failed: sh -c .* ended with exit code 1/);
    expect((await partsOf(id)).map((it) => it.status)).toEqual(['failed', 'cancelled', 'cancelled']);
    await expectSound();
  });

  it('names the followers on which it went wrong', async () => {
    const id = await yard.add(shell('[ $GITYARD_AGENT != a2 ]'), { strategy: 'Canary', assignedTo: 'a1' });

    const job = await yard.untilStatus(id, 'failed');

    expect(job.split?.failure).toMatch(/^the follower \S+ for a2 has failed on a2: /);
    expect((await partsOf(id)).map((it) => it.status)).toEqual(['succeeded', 'failed', 'succeeded']);
    await expectSound();
  });
});
