import { describe, expect, it } from 'vitest';
import { refusalByPolicy, refusalOfPlan, refusalOfSource } from './policy.ts';
import { runJob } from './run-job.ts';
import { repository as makeRepository, request } from './specs/world.ts';

const policy = { repositories: ['https://git.example/acme/*', 'https://git.example/other/app'], commands: false };
const asking = (part: Partial<Parameters<typeof refusalByPolicy>[1]> = {}) => ({
  repository: null,
  branch: null,
  toolchain: null,
  command: null,
  secrets: [],
  ...part,
});
const refusal = (repository: string | null, command: string[] | null = null) =>
  refusalByPolicy(policy, asking({ repository, command }));

describe('policy', () => {
  it('lets a listed address and everything below a listed prefix be built', () => {
    expect(refusal('https://git.example/other/app')).toBeNull();
    expect(refusal('https://git.example/acme/anything.git')).toBeNull();
  });

  it('refuses every other address and says how it can be allowed', () => {
    const text = refusal('https://git.example/other/app2');

    expect(text).toContain('does not allow https://git.example/other/app2');
    expect(text).toContain('gityard agent allow https://git.example/other/app2');
  });

  it('refuses everything when nothing is listed', () => {
    expect(refusalByPolicy({ repositories: [], commands: false }, asking({ repository: '/srv/app.git' }))).toContain(
      '/srv/app.git',
    );
  });

  it('refuses a command until commands are allowed, with or without a repository', () => {
    expect(refusal(null, ['id'])).toContain('gityard agent allow --commands');
    expect(refusal('https://git.example/other/app', ['id'])).toContain('gityard agent allow --commands');
    expect(refusalByPolicy({ ...policy, commands: true }, asking({ command: ['id'] }))).toBeNull();
  });

  it('lets only listed programs be brought where some are listed', () => {
    const some = { ...policy, commands: ['make', '/opt/tools/*'] };

    expect(refusalByPolicy(some, asking({ command: ['make', 'all'] }))).toBeNull();
    expect(refusalByPolicy(some, asking({ command: ['/opt/tools/lint'] }))).toBeNull();
    expect(refusalByPolicy(some, asking({ command: ['sh', '-c', 'make'] }))).toContain(
      'gityard agent allow --program sh',
    );
  });

  it('judges the branch that was really built, and a commit of no branch as none', () => {
    const main = { repositories: ['*'], commands: false, refs: ['main', 'release/*'] };
    const job = asking({ repository: 'https://git.example/a' });

    expect(refusalByPolicy(main, job)).toBeNull();
    expect(refusalOfSource(main, job, 'release/2')).toBeNull();
    expect(refusalOfSource(main, job, 'feature')).toContain('gityard agent allow --ref feature');
    expect(refusalOfSource(main, job, null)).toContain('nobody names a branch of');
  });

  it('gives a secret to the builds of a rule that names it, and to no other', () => {
    const rule = { name: 'TOKEN', repositories: ['https://git.example/a'], refs: ['main'] };
    const some = { repositories: ['*'], commands: true, secrets: [rule] };
    const job = asking({ repository: 'https://git.example/a', secrets: ['TOKEN'] });

    expect(refusalOfSource(some, job, 'main')).toBeNull();
    expect(refusalOfSource(some, job, 'feature')).toContain(
      '--secret TOKEN --repo https://git.example/a --ref feature',
    );
    expect(refusalByPolicy(some, { ...job, repository: 'https://git.example/b' })).toContain(
      'does not allow secret TOKEN',
    );
    expect(refusalByPolicy(some, { ...job, repository: null })).toBe(
      'this agent does not allow secret TOKEN for a job without a repository (add it with --repo)',
    );
    expect(refusalByPolicy(some, { ...job, secrets: ['TOKEN', 'OTHER'] })).toContain('does not allow secret OTHER');
  });

  it('refuses a toolchain that is detected, and own commands of a repository where they are not allowed', () => {
    const npm = { repositories: ['*'], commands: ['lint'], toolchains: ['npm'] as const };

    expect(refusalOfPlan(npm, asking(), { toolchain: 'make', stages: {}, checks: [] })).toContain('--toolchain make');
    expect(
      refusalOfPlan(npm, asking(), { toolchain: 'npm', stages: { Test: [['lint', '.']] }, checks: [] }),
    ).toBeNull();
    expect(refusalOfPlan(npm, asking(), { toolchain: 'npm', stages: { Test: [['sh', 'x']] }, checks: [] })).toContain(
      'its own command sh',
    );
    expect(refusalOfPlan(npm, asking(), { toolchain: 'npm', stages: {}, checks: [['scan']] })).toContain(
      'its own command scan',
    );
  });

  it.each(['--upload-pack=id', 'ext::sh -c id', 'https://git.example/acme/../theirs'])(
    'refuses %s even where everything is allowed',
    (repository) => {
      expect(refusalByPolicy({ repositories: ['*'], commands: true }, asking({ repository }))).toContain(
        'is not an address',
      );
    },
  );

  it('does not believe a job that a commit is of a branch with more rights', async () => {
    const source = makeRepository({ Makefile: 'all:\n\t@true\n' });
    const old = source.git('rev-parse', 'HEAD');
    source.git('checkout', '--quiet', '-b', 'feature');
    const theirs = source.commit({ Makefile: 'all:\n\t@echo stolen\n' });
    source.git('checkout', '--quiet', 'main');
    source.commit({ more: '1' });
    const only = { repositories: ['*'], commands: false, refs: ['main'] };
    const build = (branch: string | null, commit: string | null) =>
      runJob(request({ policy: only, job: { repository: source.path, branch, commit } }));

    expect(await build('main', theirs)).toMatchObject({
      status: 'failed',
      cause: 'policy',
      reason: expect.stringContaining(`commit ${theirs} is not on main`),
    });
    expect(await build(null, theirs)).toMatchObject({ status: 'failed', cause: 'policy' });
    expect(await build('main', old)).toMatchObject({ status: 'succeeded', commit: old, branch: 'main' });
    expect(await build(null, null)).toMatchObject({ status: 'succeeded', branch: 'main' });
  });
});
