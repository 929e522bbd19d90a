import { describe, expect, it } from 'vitest';
import { attempt } from '../../spec/audited.ts';
import { resultOf, stateAfter } from '../../spec/outcome.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { needsYou } from '../../views/needs-you.ts';
import { type FinishJob, finishJob } from '../jobs/finish-job.ts';
import { maintainAgent, resumeAgent } from './agent-mode.ts';

const fault = { status: 'failed', cause: 'infrastructure' } as const;
const past = (minute: number, fields: object = fault) => ({
  status: 'failed' as const,
  token: 1,
  attempts: [attempt(1, { endedAt: minutesAfterNoon(minute), ...fields })],
});

const running = (minutes: readonly (readonly [number, object])[]): State =>
  minutes.reduce(
    (it, [minute, fields], at) => it.job(`a${at}`, past(minute, fields)),
    world().agent('mac').job('b1', { status: 'running' }),
  ).state;

const failing: FinishJob = {
  jobId: 'b1',
  agentId: 'mac',
  token: 1,
  status: 'failed',
  cause: 'infrastructure',
  exitCode: null,
  signal: null,
  reason: 'the disk is full',
  stages: [],
  result: {},
  now: noon,
};
const twoFaults = [
  [-2, fault],
  [-1, fault],
] as const;

const repository = 'https://git.example/acme/app.git';
/** The same repository on two agents. */
const elsewhere = (...minutes: readonly (readonly [number, object])[]): State => {
  const own = world().agent('mac').job('b1', { status: 'running', repository });
  const faults = twoFaults.reduce(
    (it, [minute, fields], at) => it.job(`a${at}`, { ...past(minute, fields), repository }),
    own,
  );
  return minutes.reduce(
    (it, [minute, fields], at) => it.job(`c${at}`, { ...past(minute, { ...fields, agent: 'pc' }), repository }),
    faults,
  ).state;
};

describe('sick-agent', () => {
  it('puts an agent into maintenance that lost three builds in a row by its own fault, and brings it back by itself', () => {
    const state = stateAfter(running(twoFaults), finishJob(running(twoFaults), failing));

    expect(state.agents.get('mac')).toMatchObject({
      mode: 'maintenance',
      modeBy: 'gityard',
      modeReason: 'sick: 3 builds in a row failed by its own fault, the last: the disk is full',
      modeUntil: minutesAfterNoon(30),
    });
    expect(needsYou(state, noon).map((it) => it.code)).toContain('agent-sick');
    expect(needsYou(state, minutesAfterNoon(31)).map((it) => it.code)).not.toContain('agent-sick');
  });

  it('is told of in one sentence', () => {
    const broken = stateAfter(
      running(twoFaults),
      finishJob(running(twoFaults), { ...failing, reason: 'Could not read from remote repository.' }),
    );

    expect(needsYou(broken, noon).map((it) => it.text)).toContainEqual(
      expect.stringContaining('from remote repository; it takes jobs again at'),
    );
  });

  it('keeps it away longer each time', () => {
    const state = running([[-3, fault], ...twoFaults]);

    expect(stateAfter(state, finishJob(state, failing)).agents.get('mac')?.modeUntil).toBe(minutesAfterNoon(60));
  });

  it.each([
    [
      'a build went well in between',
      running([
        [-3, fault],
        [-2, { status: 'succeeded' }],
        [-1, fault],
      ]),
    ],
    [
      'a build was at fault in between',
      running([
        [-3, fault],
        [-2, { status: 'failed', cause: 'code' }],
        [-1, fault],
      ]),
    ],
    [
      'a job failed on other machines as well',
      world(running(twoFaults)).job('a0', {
        ...past(-2),
        token: 2,
        attempts: [
          attempt(1, { ...fault, endedAt: minutesAfterNoon(-2) }),
          attempt(2, { ...fault, agent: 'pc', endedAt: noon }),
        ],
      }).state,
    ],
    ['another agent fails with their repository, too', elsewhere([-1, fault])],
    ['the team wants none of it', world(running(twoFaults)).yard({ agents: { sickAfter: 0, sickMinutes: 30 } }).state],
  ] as const)('leaves it alone when %s', (_, state) => {
    expect(stateAfter(state, finishJob(state, failing)).agents.get('mac')?.mode).toBe('active');
  });

  it.each([
    ['since came along with their repository', elsewhere([-3, fault], [-1, { status: 'succeeded' }])],
    ['failed with it long ago', elsewhere([-90, fault])],
  ] as const)('does not leave it alone when another agent %s', (_, state) => {
    expect(stateAfter(state, finishJob(state, failing)).agents.get('mac')?.mode).toBe('maintenance');
  });

  it('trusts it again when a person resumed it', () => {
    const before = running(twoFaults);
    const mended = { agentId: 'mac', reason: 'new disk', by: 'ann', now: noon };
    const broken = stateAfter(before, maintainAgent(before, mended));
    const state = stateAfter(broken, resumeAgent(broken, mended));

    const later = finishJob(state, { ...failing, now: minutesAfterNoon(1) });

    expect(stateAfter(state, later).agents.get('mac')?.mode).toBe('active');
  });

  it('retries a fault of the machine without being asked, and one of the code only when asked', () => {
    const { state } = world().agent('mac').job('b1', { status: 'running' });

    expect(resultOf(finishJob(state, failing)).status).toBe('queued');
    expect(resultOf(finishJob(state, { ...failing, cause: 'code' })).status).toBe('failed');
  });
});
