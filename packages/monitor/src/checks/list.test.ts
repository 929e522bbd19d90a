import { needsYou, type State } from '@gityard/domain';
import { calmMachine, minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import type { Look } from '../finding.ts';
import { CHECKS, findAll, howItEnded } from './list.ts';

const look = (state: State, now = noon, lastRunAt: string | null = null): Look => ({
  state,
  now,
  needs: needsYou(state, now),
  lastRunAt,
});
const found = (state: State, now = noon) => findAll(look(state, now)).map((it) => [it.key, it.says, it.opens]);
const later = minutesAfterNoon(30);
const upkeep = (nextAt: string, error: string | null = null) => [
  { task: 'compact', at: noon, did: 'nothing', error, nextAt },
];

describe('the checks', () => {
  it('have names of their own, and keys that begin with them', () => {
    expect(new Set(CHECKS.map((it) => it.name)).size).toBe(CHECKS.length);
    const findings = findAll(look(everything(), later, minutesAfterNoon(-200)));
    expect(new Set(findings.map((it) => it.key)).size).toBe(findings.length);
    expect([...new Set(findings.map((it) => it.key.split(':')[0]))].sort()).toEqual(CHECKS.map((it) => it.name).sort());
  });

  it('find nothing in a yard that is well', () => {
    const { state } = world().agent('mac').beat('mac').job('b1', { status: 'succeeded' });

    expect(found(state)).toEqual([]);
  });

  it('call a branch by its repository as well: many have a main', () => {
    const of = (name: string) => ({ branch: 'main', repository: `https://git.example/acme/${name}.git` });
    const { state } = world()
      .job('b1', { status: 'failed', ...of('app') })
      .job('b2', { requires: ['gpu'], ...of('shop') });

    expect(findAll(look(state)).map((it) => it.title)).toEqual([
      'branch main of acme/app fails',
      'nobody can run a job of branch main of acme/shop',
    ]);
  });

  it('miss an agent that is silent, but not in maintenance, drained, or told to stop', () => {
    const quiet = world().agent('mac').beat('mac', { at: noon });

    expect(found(quiet.state, later)).toEqual([['agent-silent:mac', 'agent-silent', true]]);
    expect(found(quiet.agent('mac', { mode: 'maintenance' }).state, later)).toEqual([]);
    expect(found(quiet.agent('mac', { mode: 'draining' }).state, later)).toEqual([]);
    expect(found(quiet.beat('mac', { at: noon, stopped: true }).state, later)).toEqual([]);
    expect(found(quiet.yard({ monitor: { ...quiet.state.yard.monitor, off: ['agent-silent'] } }).state, later)).toEqual(
      [],
    );
  });

  it('take no silence for an end, and say how it ended', () => {
    const quiet = world().agent('mac').beat('mac', { at: noon });
    const ended = (state: State, key: string) => howItEnded(look(state, later), key);

    expect(ended(world().agent('mac').state, 'agent-silent:mac')).toBeNull();
    expect(ended(quiet.state, 'agent-blind:mac')).toBeNull();
    expect(ended(quiet.state, 'machine:disk:mac')).toBeNull();
    expect(ended(quiet.beat('mac', { at: later }).state, 'agent-silent:mac')).toContain('signs of life again');
    expect(ended(quiet.agent('mac', { mode: 'maintenance' }).state, 'agent-silent:mac')).toContain('maintenance');
    expect(ended(world().state, 'agent-silent:mac')).toContain('struck off');
    expect(ended(world().state, 'of-a-newer-program:x')).toBeNull();
  });

  it('tell of an objective while it burns, and that it burns no more, or is none any more', () => {
    const late = world()
      .yard({ objectives: [SOON] })
      .job('b1', {});
    const ended = (state: State) => howItEnded(look(state, later), 'objective-burning:soon');

    expect(found(late.state, later)).toContainEqual(['objective-burning:soon', 'burning', true]);
    expect(found(late.state, minutesAfterNoon(4))).not.toContainEqual(
      expect.arrayContaining(['objective-burning:soon']),
    );
    expect(ended(late.state)).toContain('burns no more');
    expect(ended(world().state)).toContain('no objective soon');
  });

  it('keep a failing build until it succeeds, also while it is tried again', () => {
    const failed = world().agent('mac').beat('mac').job('b1', { status: 'failed', branch: 'main', repository: '/r' });
    const [[key] = ['']] = found(failed.state);
    const { attempts } = failed.state.jobs.get('b1') ?? {};
    const retried = failed.job('b1', { status: 'queued', branch: 'main', repository: '/r', attempts });

    expect(found(failed.state)).toEqual([[key, 'failed', true]]);
    expect(found(retried.state)).toEqual([[key, 'failed', false]]);
    const mended = failed.job('b2', { status: 'succeeded', branch: 'main', repository: '/r', endedAt: later });
    expect(found(mended.state)).toEqual([]);
    expect(howItEnded(look(mended.state, noon), `${key}`)).toContain('was built well');
    expect(howItEnded(look(world().state), `${key}`)).toContain('nobody builds it');
  });

  it('tell one thing of all stuck jobs of a branch, and of a machine until it has room again', () => {
    const alone = world().agent('mac').beat('mac');
    const gpu = { requires: ['gpu'], branch: 'main', repository: '/r' };
    const stuck = found(alone.job('b1', gpu).job('b2', gpu).state).filter(([key]) => `${key}`.startsWith('job-stuck'));
    expect(stuck.map(([, says]) => says)).toEqual(['nobody-can-run']);

    const withDisk = (diskPercent: number) => alone.beat('mac', { machine: { ...calmMachine, diskPercent } }).state;
    expect(found(withDisk(99))).toEqual([['machine:disk:mac', 'disk-critical', true]]);
    expect(found(withDisk(85))).toEqual([['machine:disk:mac', 'disk-critical', false]]);
    expect(found(withDisk(20))).toEqual([]);
  });
});

const loop = (name: string) => [{ name, doing: 'trying', since: noon, error: 'it cannot' }];

const SOON: State['yard']['objectives'][number] = {
  name: 'soon',
  kind: 'wait',
  percent: 99,
  withinMinutes: 5,
  days: 30,
  burning: { fastHours: 1, fastRate: 14.4, slowHours: 6, slowRate: 6 },
  leastBad: 1,
  repositories: [],
  branches: [],
  labels: [],
};

/** A yard in which everything fails that a check looks for. */
function everything(): State {
  const heard = { at: later, nextBeatBy: minutesAfterNoon(31) };
  return world()
    .agent('gone')
    .beat('gone')
    .agent('blind')
    .beat('blind', { ...heard, loops: loop('watch') })
    .agent('mute')
    .beat('mute', {
      ...heard,
      loops: [...loop('notify'), ...loop('program')],
      upkeep: upkeep(minutesAfterNoon(60), 'it fails'),
    })
    .agent('late')
    .beat('late', {
      ...heard,
      upkeep: [{ ...upkeep(minutesAfterNoon(-600))[0], task: 'archive', at: minutesAfterNoon(-700) } as never],
    })
    .agent('full')
    .beat('full', { ...heard, machine: { ...calmMachine, diskPercent: 99 } })
    .agent('sick', {
      mode: 'maintenance',
      modeBy: 'gityard',
      modeReason: 'sick: lost 3 builds',
      modeUntil: minutesAfterNoon(90),
    })
    .beat('sick', heard)
    .job('b1', { status: 'failed', branch: 'main', repository: '/r' })
    .job('b2', { branch: 'dev', repository: '/r', requires: ['gpu'] })
    .job('b3', { branch: 'old', repository: '/r', submittedAt: minutesAfterNoon(-600) })
    .job('b4', { branch: 'long', repository: '/r', status: 'running', agent: 'full' })
    .yard({ warnings: { queuedMinutes: 60, runningMinutes: 5 }, objectives: [SOON] })
    .broken('shared/jobs/aa/x.json', {})
    .lock('l1', {
      holders: [{ holder: 'ann', token: 1, acquiredAt: noon, expiresAt: minutesAfterNoon(1), reason: null }],
    }).state;
}
