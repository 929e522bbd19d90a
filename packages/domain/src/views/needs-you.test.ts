import { describe, expect, it } from 'vitest';
import { NOTICE_WORDS } from '../entities/notification.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { needsYou } from './needs-you.ts';

const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };
const fleet = () => world().agent('mac').beat('mac');
const texts = ({ state }: World) => needsYou(state, noon).map((it) => it.text);
const codes = ({ state }: World) => needsYou(state, noon).map((it) => it.code);
const built = { repository: 'https://example/app', branch: 'main' };

describe('needs-you', () => {
  it('is empty when all goes well', () => {
    expect(texts(fleet().job('b1').job('b2', { status: 'running' }).job('b3', { status: 'succeeded' }))).toEqual([]);
  });

  it('misses a server that was stopped only while it has a job in its hands', () => {
    const stopped = world()
      .agent('mac')
      .beat('mac', { ...longAgo, stopped: true });

    expect(codes(stopped)).toEqual([]);
    expect(codes(stopped.job('b1', { status: 'running' }))).toEqual(['agent-silent-holding']);
  });

  it('names a server that lives and cannot look at the yard, as long as it does', () => {
    const loop = { name: 'watch', doing: 'waiting to begin again', since: noon, error: 'the history was rewritten' };
    const blind = (fields: object) =>
      world()
        .agent('mac')
        .beat('mac', { loops: [loop], ...fields });

    expect(texts(blind({}))).toEqual(['agent mac cannot go on: the history was rewritten']);
    expect(texts(blind({ stopped: true }))).toEqual([]);
    expect(codes(blind(longAgo))).toEqual(['agent-silent']);
    expect(texts(blind({ loops: [{ ...loop, error: null }] }))).toEqual([]);
  });

  it('names upkeep that fails, in a line, as long as somebody is to do it', () => {
    const upkeep = [{ task: 'health', at: noon, did: 'failed', error: `${'no '.repeat(99)}\n at x`, nextAt: null }];
    const failing = world().agent('mac').beat('mac', { upkeep });

    expect(codes(failing)).toEqual(['upkeep-failing']);
    expect(texts(failing)[0]?.length).toBeLessThan(180);
    expect(texts(failing.yard({ upkeep: { health: { schedule: 'off', timeZone: 'Etc/UTC' } } }))).toEqual([]);
  });

  it('names work that nobody took in its time, until it is built again', () => {
    const expired = fleet().job('b1', { ...built, status: 'expired' });

    expect(texts(expired)).toEqual(['branch main: job b1 expired: no agent could take it in its time']);
    expect(codes(expired.job('b2', { ...built, status: 'succeeded', endedAt: minutesAfterNoon(1) }))).toEqual([]);
  });

  it('lists everything that waits for a person, worst first', () => {
    const holders = [{ holder: 'ann', token: 1, acquiredAt: noon, expiresAt: minutesAfterNoon(-5), reason: null }];
    const scene = fleet()
      .lock('db', { token: 1, holders })
      .message('m1', { ackBy: minutesAfterNoon(-5) })
      .job('bad', { ...built, status: 'failed' })
      .agent('pc')
      .beat('pc', longAgo)
      .agent('linux')
      .job('held', { status: 'running', agent: 'linux' })
      .beat('linux', longAgo)
      .job('stuck', { labels: ['gpu'] })
      .broken('yard.json', { reason: 'is no JSON', line: 7 });

    for (const code of codes(scene).filter((it) => it !== 'agent-silent-holding')) expect(NOTICE_WORDS).toContain(code);
    expect(needsYou(scene.state, noon)).toEqual([
      {
        code: 'job-stuck',
        text: 'job stuck is stuck: no agent fits gpu; nearest is linux, which lacks label gpu',
        refs: ['stuck', 'linux'],
      },
      {
        code: 'agent-silent-holding',
        text: 'agent linux gives no sign of life since 2026-03-02T11:00:00.000Z and holds held',
        refs: ['linux', 'held'],
      },
      { code: 'agent-silent', text: 'agent pc gives no sign of life since 2026-03-02T11:00:00.000Z', refs: ['pc'] },
      { code: 'file-broken', text: 'yard.json:7 is not in force: it is no JSON', refs: ['yard.json'] },
      { code: 'job-failed', text: 'branch main: job bad failed', refs: ['bad'] },
      {
        code: 'message-overdue',
        text: 'message "hello" was to be acknowledged by 2026-03-02T11:55:00.000Z; missing: mac',
        refs: ['m1'],
      },
      {
        code: 'lock-expired',
        text: 'lock db of ann ran out at 2026-03-02T11:55:00.000Z and was not released',
        refs: ['db'],
      },
    ]);
  });

  it('names the files of the inbox that stand refused, and not those that are yet to be looked at', () => {
    const scene = world()
      .queueFile('queue/new.json', {})
      .queueFile('queue/mended.json', { blob: 'b2', answered: 'b1' })
      .queueFile('queue/refused.json', { blob: 'b1', answered: 'b1' })
      .queueFile('queue/stale.json', { blob: 'b1', answered: 'b1', refusal: 'cannot be done: it runs already' })
      .queueFile('queue/torn.json', { problem: { reason: 'is not JSON', line: 3 } });

    expect(needsYou(scene.state, noon)).toEqual([
      {
        code: 'inbox-refused',
        text: 'queue/refused.json is not taken up: it was refused; the .error.md beside it says why',
        refs: ['queue/refused.json'],
      },
      {
        code: 'inbox-refused',
        text: 'queue/stale.json is not taken up: it cannot be done: it runs already',
        refs: ['queue/stale.json'],
      },
      {
        code: 'inbox-refused',
        text: 'queue/torn.json:3 is not taken up: it is not JSON',
        refs: ['queue/torn.json'],
      },
    ]);
  });

  it('says nothing of an agent that was sent away, or that was never heard of', () => {
    const scene = world()
      .agent('mac', { mode: 'maintenance' })
      .beat('mac', longAgo)
      .agent('pc', { mode: 'draining' })
      .beat('pc', longAgo)
      .agent('new');

    expect(texts(scene)).toEqual([]);
  });

  it('forgets a failure that a success followed, and not one that a cancel followed', () => {
    const failed = world().job('b1', { ...built, status: 'failed', endedAt: minutesAfterNoon(-9) });

    expect(codes(failed.job('b2', { ...built, status: 'succeeded' }))).toEqual([]);
    expect(codes(failed.job('b2', { ...built, status: 'cancelled' }))).toEqual(['job-failed']);
    expect(codes(failed.job('b2', { ...built, branch: 'next', status: 'succeeded' }))).toEqual(['job-failed']);
  });

  it('tells of a branch once, with why it failed last', () => {
    const attempts = [
      anAttempt({ agent: 'mac', token: 1, startedAt: noon, status: 'failed', endedAt: noon, exitCode: 3 }),
    ];
    const scene = world()
      .job('b1', { ...built, status: 'failed', endedAt: minutesAfterNoon(-9) })
      .job('b2', { ...built, status: 'failed', attempts });

    expect(texts(scene)).toEqual(['branch main: job b2 failed: exit code 3']);
  });

  it('waits for every recipient of a message, by name, by role and for all', () => {
    const overdue = { from: 'ann', ackBy: minutesAfterNoon(-5), ackedBy: { mac: noon } };
    const scene = world()
      .yard({ roles: { ops: ['mac', 'eve'] } })
      .agent('mac')
      .agent('pc');
    const missing = (to: string) => texts(scene.message('m1', { ...overdue, to }))[0]?.split('missing: ')[1];

    expect([missing('mac'), missing('ops'), missing('all')]).toEqual([undefined, 'eve', 'pc']);
  });
});
