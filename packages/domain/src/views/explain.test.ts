import { describe, expect, it } from 'vitest';
import { NO_GATE } from '../entities/approval.ts';
import { type WaitReason, waitReasonSchema } from '../entities/wait-reason.ts';
import { aNamespace, anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { type Explanation, explain } from './explain.ts';

const about = ({ state }: World, id = 'b1', now = noon): Explanation => {
  const job = state.jobs.get(id);
  if (!job) throw new Error(`the spec has no job ${id}`);
  return explain(state, job, now);
};
const fleet = () => world().agent('mac').beat('mac');
const hold = (holder: string, expiresAt: string | null) => ({
  holder,
  token: 1,
  acquiredAt: noon,
  expiresAt,
  reason: null,
});
const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };
const lost = anAttempt({ agent: 'mac', token: 1, startedAt: noon, status: 'lost', cause: 'lost', endedAt: noon });

/** One world for each reason, with its class and the words that a person reads. */
const REASONS: readonly [WaitReason['code'], WaitReason['class'], World, string][] = [
  ['just-queued', 'will-run', fleet().job('b1'), 'waits to be claimed by mac'],
  [
    'agents-busy',
    'will-run',
    world().agent('mac').job('b0', { status: 'running' }).beat('mac').job('b1'),
    'mac is busy',
  ],
  [
    'needs-running',
    'will-run',
    fleet()
      .job('b0', { status: 'running' })
      .job('b1', { needs: ['b0'] }),
    'needs job b0, which is running on mac',
  ],
  [
    'need-failed',
    'stuck',
    fleet()
      .job('b0', { status: 'failed' })
      .job('b1', { needs: ['b0'] }),
    'needs job b0, which has failed; retry that one or cancel this',
  ],
  ['need-missing', 'stuck', fleet().job('b1', { needs: ['b0'] }), 'needs job b0, which does not exist'],
  [
    'cycle',
    'stuck',
    fleet()
      .job('b0', { needs: ['b1'] })
      .job('b1', { needs: ['b0'] }),
    'waits for itself: b1 → b0 → b1',
  ],
  [
    'lock-held',
    'will-run',
    fleet()
      .lock('db', { holders: [hold('ann', minutesAfterNoon(5))] })
      .job('b1', { locks: ['db'] }),
    'lock db is held by ann until 2026-03-02T12:05:00.000Z',
  ],
  [
    'group-full',
    'will-run',
    fleet().job('b0', { status: 'running', group: 'deploy' }).job('b1', { group: 'deploy' }),
    'group deploy runs one job at a time: now b0 on mac',
  ],
  [
    'quota-reached',
    'will-run',
    fleet()
      .yard({ namespaces: { 'team-a': aNamespace({ labels: ['mac'], quotas: { running: 1 } }) } })
      .job('b0', { status: 'running', labels: ['mac'] })
      .job('b1', { labels: ['mac'] }),
    'namespace team-a runs one job at a time: now b0',
  ],
  [
    'not-before',
    'will-run',
    fleet().job('b1', { notBefore: minutesAfterNoon(5) }),
    'not before 2026-03-02T12:05:00.000Z',
  ],
  [
    'backing-off',
    'will-run',
    fleet().job('b1', { notBefore: minutesAfterNoon(5), token: 1 }),
    'waits until 2026-03-02T12:05:00.000Z before attempt 2',
  ],
  [
    'paused',
    'stuck',
    fleet().job('b1', { paused: { by: 'ann', at: noon, reason: 'release day', until: null } }),
    'paused by ann: release day',
  ],
  [
    'needs-approval',
    'stuck',
    fleet().job('b1', { approval: { ...NO_GATE, people: ['bob', 'carl'], count: 2 } }),
    'needs 2 approvals by bob or carl; gityard job approve b1 gives it',
  ],
  [
    'signature',
    'stuck',
    fleet().job('b1', { signature: { payload: '{}', signature: 'armoured', key: null } }),
    'its signature is of no job',
  ],
  [
    'no-agent-with',
    'stuck',
    fleet().job('b1', { labels: ['gpu'] }),
    'no agent fits gpu; nearest is mac, which lacks label gpu',
  ],
  [
    'assigned-agent-missing',
    'stuck',
    fleet().job('b1', { assignedTo: 'pc' }),
    'is assigned to pc, which has not joined the yard',
  ],
  [
    'invalid',
    'stuck',
    fleet()
      .job('b1')
      .broken('shared/jobs/b1.json', { of: { kind: 'job', id: 'b1' } }),
    'shared/jobs/b1.json is not JSON; mend it by a commit',
  ],
  [
    'all-matching-silent',
    'stuck',
    world().agent('mac').beat('mac', longAgo).job('b1'),
    'could run on mac, but none gives a sign of life',
  ],
  [
    'all-matching-paused',
    'stuck',
    world().agent('mac', { mode: 'draining' }).beat('mac').job('b1'),
    'could run on mac, but mac is draining; gityard agent resume lets it',
  ],
  [
    'all-matching-take-none',
    'stuck',
    world().agent('mac').beat('mac', { takesNoJobs: 'only 12 MB free on the disk of its home' }).job('b1'),
    'could run on mac, but mac: only 12 MB free on the disk of its home',
  ],
  [
    'agents-unheard',
    'will-run',
    world().agent('mac').agent('pc').beat('pc', longAgo).job('b1'),
    'could run on mac, which has not reported yet',
  ],
  [
    'claim-expiring',
    'will-run',
    world().agent('mac').job('b1', { status: 'running' }).beat('mac', longAgo),
    'mac holds it and is silent; it goes back to the queue when its lease ends',
  ],
  [
    'expired',
    'stuck',
    fleet().job('b1', { status: 'expired' }),
    'nobody could take it in the time that it may wait; gityard job retry b1 lets it wait again',
  ],
  [
    'attempts-exhausted',
    'stuck',
    fleet().job('b1', { status: 'failed', attempts: [lost] }),
    '1 attempt was lost; gityard job retry b1 starts again',
  ],
];

describe('explain', () => {
  it.each(REASONS)('tells of %s (%s)', (code, kind, scene, text) => {
    const { reasons } = about(scene);

    expect(reasons.map((it) => [it.code, it.class, it.text])).toEqual([[code, kind, text]]);
  });

  it.each(REASONS.filter(([code]) => code !== 'attempts-exhausted' && code !== 'expired'))(
    '%s (%s) decides whether it can ever run',
    (_, kind, scene) => {
      expect(about(scene).canEverRun).toBe(kind === 'will-run');
    },
  );

  it('waits for agents that beat, and not for somebody who may claim by hand', () => {
    const fleet = world().agent('hand').agent('mac').beat('mac').job('b1');
    const first = ({ state }: World) => {
      const job = state.jobs.get('b1');
      return job && explain(state, job, noon).reasons[0]?.text;
    };

    expect(first(fleet)).toBe('waits to be claimed by mac');
    expect(first(fleet.job('b0', { status: 'running', agent: 'mac' }))).toBe('mac is busy');
  });

  it('has a spec for every reason that there is', () => {
    expect(REASONS.map(([code]) => code).sort()).toEqual([...waitReasonSchema.properties.code.enum].sort());
  });

  it('counts a group to its limit', () => {
    const scene = fleet()
      .yard({ groups: { deploy: { limit: 2 } } })
      .job('b0', { status: 'running', group: 'deploy' })
      .job('b1', { group: 'deploy' });

    expect(about(scene).reasons.map((it) => it.code)).not.toContain('group-full');
    expect(about(scene.job('b2', { status: 'running', group: 'deploy' })).reasons[0]).toMatchObject({
      code: 'group-full',
      text: expect.stringMatching(/^group deploy runs 2 jobs at a time: now b. on mac, b. on mac$/),
    });
  });

  it('tells of a pause with an end, and when a job expires', () => {
    const until = minutesAfterNoon(5);
    const scene = fleet().job('b1', { paused: { by: 'ann', at: noon, reason: null, until }, queueTimeoutSeconds: 60 });

    expect(about(scene)).toMatchObject({
      canEverRun: true,
      expiresAt: null,
      reasons: [{ code: 'paused', text: `paused by ann until ${until}` }],
    });
    expect(about(scene, 'b1', until).expiresAt).toBe(minutesAfterNoon(6));
  });

  it('counts only what could be claimed before it', () => {
    const scene = fleet()
      .job('first', { priority: 1 })
      .job('paused', { priority: 1, paused: { by: 'ann', at: noon, reason: null, until: null } })
      .job('later', { priority: 9 })
      .job('b1');

    expect(about(scene)).toMatchObject({ position: 2, ahead: 1 });
    expect(about(scene).reasons[0]?.text).toBe('waits to be claimed by mac, 1 job ahead');
  });

  it('does not count what no agent of the fleet could ever run', () => {
    const scene = fleet()
      .job('b0', { labels: ['gpu'], priority: 1 })
      .job('b1');

    expect(about(scene)).toMatchObject({ position: 1, ahead: 0 });
    expect(
      about(
        world()
          .job('b0', { labels: ['gpu'] })
          .job('b1'),
      ).ahead,
    ).toBe(1);
  });

  it('tells all that stands in the way, what lies in the job first', () => {
    const scene = fleet().job('b1', { needs: ['b0'], notBefore: minutesAfterNoon(5), labels: ['gpu'] });

    expect(about(scene).reasons.map((it) => it.code)).toEqual(['need-missing', 'not-before', 'no-agent-with']);
  });

  it('names the secret that no agent may give', () => {
    const scene = fleet().job('b1', { labels: ['mac'], repository: '/srv/app', secrets: ['TOKEN'] });

    expect(about(scene).reasons.map((it) => it.text)).toContain(
      'no agent fits mac, secret TOKEN; nearest is mac, which does not allow secret TOKEN',
    );
  });

  it('names the assigned agent when that one cannot run the job', () => {
    const scene = fleet()
      .agent('pc')
      .job('b1', { assignedTo: 'pc', labels: ['gpu', 'tpu'] });

    expect(about(scene).reasons[0]?.text).toBe(
      'no agent fits gpu, tpu; nearest is pc, which lacks label gpu and lacks label tpu',
    );
  });

  it('says how to begin when there is no agent at all', () => {
    expect(about(world().job('b1')).reasons[0]?.text).toBe(
      'no agent has joined the yard; start one with gityard agent run',
    );
  });

  it('lets a lock be kept for who stands in its line', () => {
    const waiting = [{ holder: 'ann', since: noon, until: minutesAfterNoon(5) }];
    const scene = fleet()
      .lock('db', { waiting })
      .job('b1', { locks: ['db'] });

    expect(about(scene).reasons[0]?.text).toBe('lock db is kept for ann');
    expect(about(scene, 'b1', minutesAfterNoon(6)).reasons[0]?.code).not.toBe('lock-held');
  });

  it('names a few of many agents', () => {
    const many = Array.from({ length: 8 }, (_, at) => `a${at}`).reduce(
      (scene, id) => scene.agent(id).beat(id),
      world(),
    );

    expect(about(many.job('b1')).reasons[0]?.text).toBe('waits to be claimed by a0, a1, a2, a3, a4 and 3 more');
  });

  it('says nothing of a running job whose holder lives, and nothing of one that ended well', () => {
    expect(about(world().agent('mac').job('b1', { status: 'running' }).beat('mac'))).toMatchObject({
      canEverRun: true,
      position: null,
      reasons: [],
    });
    expect(about(fleet().job('b1', { status: 'succeeded' }))).toMatchObject({ canEverRun: false, reasons: [] });
  });

  it('estimates the turn from what finished jobs took, and not from too few', () => {
    const took = (minutes: number) => [
      anAttempt({ agent: 'mac', token: 1, startedAt: noon, status: 'succeeded', endedAt: minutesAfterNoon(minutes) }),
    ];
    const done = (scene: World, id: string, minutes: number) =>
      scene.job(id, { status: 'succeeded', attempts: took(minutes) });
    const two = done(done(fleet().job('b0', { priority: 1 }).job('b1'), 'd1', 10), 'd2', 10);

    expect(about(two).eta).toEqual({ p50: null, p90: null });
    expect(about(done(two, 'd3', 30)).eta).toEqual({ p50: minutesAfterNoon(10), p90: minutesAfterNoon(30) });
  });

  it('does not stumble over a leap second in a file', () => {
    const leap = [
      anAttempt({ agent: 'mac', token: 1, startedAt: '2016-12-31T23:59:60Z', status: 'succeeded', endedAt: noon }),
    ];
    const scene = ['d1', 'd2', 'd3'].reduce(
      (it, id) => it.job(id, { status: 'succeeded', attempts: leap }),
      fleet().job('b1'),
    );

    expect(about(scene).eta).toEqual({ p50: null, p90: null });
  });
});
