import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { auditStep } from '../../audit/audit.ts';
import type { Decision } from '../../decision.ts';
import { noon, type World, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { after } from '../../time.ts';
import { buildBranch } from './build-branch.ts';
import { initBranches, removeBranch, toggleBranch } from './change-branches.ts';
import { queueBranches } from './queue-branches.ts';
import { scheduleBranch } from './schedule-branch.ts';
import { type BranchWish, setBranch } from './set-branch.ts';

const repository = 'https://git.example.org/acme/app.git';
const [first, second] = ['a'.repeat(40), 'b'.repeat(40)];

const then = (state: State, decision: Decision<unknown>): State => {
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
};
const withBranch = (name: string, profile: BranchWish, { state }: Pick<World, 'state'> = world()): World =>
  world(then(state, setBranch(state, { name, profile: { repository, ...profile }, now: noon })));
const profile = ({ branches }: State, name: string) => branches.branches[name];
const build = (state: State, fields: Partial<Parameters<typeof buildBranch>[1]>) =>
  buildBranch(state, {
    name: 'main',
    commit: first,
    known: null,
    skip: null,
    id: 'j1',
    by: 'mac',
    now: noon,
    ...fields,
  });

describe('a branch profile', () => {
  it('is entered with defaults, and changed only in what is said', () => {
    const { state } = withBranch('main', { priority: 2, autoBuild: true });

    const changed = then(state, setBranch(state, { name: 'main', profile: { labels: ['gpu'] }, now: noon }));

    expect(profile(state, 'main')).toMatchObject({ name: 'main', priority: 2, enabled: true, autoBuild: true });
    expect(profile(changed, 'main')).toMatchObject({ priority: 2, labels: ['gpu'], repository });
  });

  it('is the same wish told twice', () => {
    const { state } = withBranch('main', { schedules: [{ cron: '0 2 * * *' }] });
    const again = setBranch(state, {
      name: 'main',
      profile: { repository, schedules: [{ cron: '0 2 * * *' }] },
      now: after(noon, 1000),
    });

    expect(again).toMatchObject({ ok: true, changes: [] });
    expect(toggleBranch(state, { name: 'main', enabled: true, now: noon })).toMatchObject({ ok: true, changes: [] });
  });

  it('forgets what was built when its repository becomes another', () => {
    const before = withBranch('main', { autoBuild: true }).state;
    const state = then(before, build(before, {}));

    const moved = then(state, setBranch(state, { name: 'main', profile: { repository: '/srv/other.git' }, now: noon }));

    expect([profile(state, 'main')?.lastCommit, profile(moved, 'main')?.lastCommit]).toEqual([first, null]);
  });

  it.each<[string, string, BranchWish]>([
    ['a name that leaves its folder', '../x', {}],
    ['a name that no branch can have', 'a.lock', {}],
    ['an address that runs a program', 'main', { repository: 'ext::sh -c id' }],
    ['an address that is an option', 'main', { repository: '--upload-pack=id' }],
    ['a glob that leaves the repository', 'main', { paths: { include: ['../**'], exclude: [] } }],
    ['a schedule that is none', 'main', { schedules: [{ cron: 'at dawn' }] }],
    ['a schedule twice', 'main', { schedules: [{ cron: '@daily' }, { cron: '@daily', timeZone: 'Etc/UTC' }] }],
    ['a repository that is missing', 'main', { repository: undefined }],
  ])('is refused with %s', (_, name, wish) => {
    const { state } = world();

    expect(setBranch(state, { name, profile: { repository, ...wish }, now: noon })).toMatchObject({
      code: 'INVALID_DATA',
      reason: expect.stringMatching(/\S/),
    });
  });

  it('is switched off, and struck off', () => {
    const { state } = withBranch('main', {});
    const off = then(state, toggleBranch(state, { name: 'main', enabled: false, now: noon }));

    expect(profile(off, 'main')?.enabled).toBe(false);
    expect(then(off, removeBranch(off, { name: 'main', now: noon })).branches.branches).toEqual({});
    expect(removeBranch(off, { name: 'constructor', now: noon })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('begins its file once', () => {
    expect(initBranches(world().state, { isThere: false, now: noon })).toMatchObject({ ok: true });
    expect(initBranches(world().state, { isThere: true, now: noon })).toMatchObject({ code: 'NOTHING_TO_DO' });
    expect(initBranches(withBranch('main', {}).state, { isThere: false, now: noon }).ok).toBe(false);
  });
});

describe('a new commit of a branch', () => {
  const { state } = withBranch('main', { autoBuild: true, priority: 2, branch: 'release/1', parameters: { a: 'b' } });

  it('is one job, however many see it', () => {
    const built = then(state, build(state, {}));

    const again = build(built, { id: 'j2' });

    expect(built.jobs.get('j1')).toMatchObject({
      repository,
      branch: 'release/1',
      commit: first,
      priority: 2,
      parameters: { a: 'b' },
    });
    expect(again).toMatchObject({ ok: true, changes: [], result: { job: null } });
  });

  it('is not built by who looked at an older head', () => {
    const built = then(state, build(state, { commit: second }));

    expect(build(built, { id: 'j2', commit: first, known: null })).toMatchObject({ code: 'CONFLICT' });
    expect(build(built, { id: 'j2', commit: first, known: second })).toMatchObject({ ok: true });
  });

  it('is passed over with a reason, which stays to be read', () => {
    const passed = then(state, build(state, { skip: 'nothing below docs/ changed' }));

    expect(passed.jobs.size).toBe(0);
    expect(profile(passed, 'main')).toMatchObject({
      lastCommit: first,
      skipped: { commit: first, reason: 'nothing below docs/ changed', at: noon },
    });
  });

  it('is left alone where nobody asked for builds', () => {
    expect(build(withBranch('main', {}).state, {})).toMatchObject({ code: 'NOTHING_TO_DO' });
    expect(build(withBranch('main', { autoBuild: true, enabled: false }).state, {})).toMatchObject({
      code: 'NOTHING_TO_DO',
    });
  });

  it('cancels what waits for older commits of this profile alone, where that is wanted', () => {
    const both = withBranch(
      'docs',
      { autoBuild: true },
      withBranch('main', { autoBuild: true, supersede: true }),
    ).state;
    const one = then(both, build(both, {}));
    const old = then(one, build(one, { name: 'docs', id: 'j2' }));

    const decision = build(old, { commit: second, known: first, id: 'j3' });

    const now = then(old, decision);
    expect(['j1', 'j2', 'j3'].map((id) => now.jobs.get(id)?.status)).toEqual(['cancelled', 'queued', 'queued']);
    expect(decision).toMatchObject({ result: { job: 'j3', cancelled: ['j1'] } });
  });

  it('waits for the open jobs of the profiles that it needs', () => {
    const two = withBranch('app', { autoBuild: true, needs: ['main', 'gone'] }, { state }).state;
    const lib = then(two, build(two, {}));

    const app = then(lib, build(lib, { name: 'app', id: 'j2' }));

    expect(app.jobs.get('j2')?.needs).toEqual(['j1']);
  });
});

describe('a time of a schedule', () => {
  const { state } = withBranch('main', {
    schedules: [{ cron: '0 2 * * *', strategy: 'Clean', parameters: { nightly: 'yes' } }],
  });
  const at = (time: string, id: string, now = time) =>
    ({ name: 'main', schedule: '0 2 * * * Etc/UTC', times: [time], id, by: 'mac', now }) as const;
  const night = '2026-03-03T02:00:00.000Z';

  it('is one job, however many see that it has come', () => {
    const started = then(state, scheduleBranch(state, at(night, 'j1')));

    expect(started.jobs.get('j1')).toMatchObject({ strategy: 'Clean', parameters: { nightly: 'yes' }, branch: 'main' });
    expect(profile(started, 'main')?.schedules[0]?.lastScheduledAt).toBe(night);
    expect(scheduleBranch(started, at(night, 'j2', after(night, 60_000)))).toMatchObject({ code: 'NOTHING_TO_DO' });
  });

  it('does not come for a profile that is off, nor for a schedule that is none of its own', () => {
    const off = then(state, toggleBranch(state, { name: 'main', enabled: false, now: noon }));

    expect(scheduleBranch(off, at(night, 'j1'))).toMatchObject({ code: 'NOTHING_TO_DO' });
    expect(scheduleBranch(state, { ...at(night, 'j1'), schedule: '@daily Etc/UTC' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('all branches at once', () => {
  const { state } = withBranch(
    'lib',
    { priority: 9 },
    withBranch('app', { priority: 1, needs: ['lib'] }, withBranch('off', { enabled: false })),
  );
  const ids = ['j1', 'j2', 'j3'];

  it('are one job each, most urgent first, those that are needed before the others', () => {
    const decision = queueBranches(state, { ids, by: 'ann', now: noon });

    expect(decision).toMatchObject({
      result: [
        { name: 'app', priority: 1 },
        { name: 'lib', isNew: true },
      ],
    });
    const queued = then(state, decision);
    const [app, lib] = ['app', 'lib'].map((name) => [...queued.jobs].find((it) => it.branch === name));
    expect(app?.needs).toEqual([lib?.id]);
  });

  it('are not queued twice', () => {
    const queued = then(state, queueBranches(state, { ids, by: 'ann', now: noon }));

    expect(queueBranches(queued, { ids: ['j4', 'j5'], by: 'ann', now: noon })).toMatchObject({ ok: true, changes: [] });
    expect(queueBranches(world().state, { ids, by: 'ann', now: noon })).toMatchObject({ code: 'NOTHING_TO_DO' });
  });
});

describe('the audit of branch profiles', () => {
  const built = (() => {
    const { state } = withBranch('main', { autoBuild: true, schedules: [{ cron: '@daily' }] });
    return then(state, build(state, {}));
  })();
  const changed = [{ kind: 'branches', id: 'branches' }] as const;
  const byHand = (fields: object) => {
    const value = { ...built.branches, branches: { main: { ...profile(built, 'main'), ...fields } } };
    const edited = { ...built, branches: value as State['branches'] };
    return auditStep(built, edited, [], changed).map((it) => it.rule);
  };

  it('names a hand that claims builds which never were, and no other', () => {
    const schedules = profile(built, 'main')?.schedules.map((it) => ({
      ...it,
      lastScheduledAt: '2027-01-01T00:00:00Z',
    }));

    expect(byHand({ lastCommit: second })).toEqual(['branch-memory']);
    expect(byHand({ schedules })).toEqual(['branch-memory']);
    expect(byHand({ lastCommit: null, priority: 1, enabled: false })).toEqual([]);
  });
});
