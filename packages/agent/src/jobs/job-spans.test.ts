import { after, attemptSpanId, type Job, type Stage, traceIdOf, traceparentOf } from '@gityard/domain';
import { world } from '@gityard/domain/spec';
import { startTracing, traced } from '@gityard/telemetry';
import { receiveTraces, type TracesReceived, traceFaults } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attemptSpan, endFacts, stageTeller, tellClaimed, tellLost } from './job-spans.ts';

const now = new Date().toISOString();
const later = after(now, 30_000);

let receiver: TracesReceived;
beforeEach(async () => {
  receiver = await receiveTraces(startTracing);
});
afterEach(() => receiver.close());

function job(fields: Partial<Job> = {}): Job {
  const found = world()
    .job('b1', {
      status: 'running',
      submittedAt: now,
      repository: 'https://git.example/acme/app.git',
      branch: 'main',
      ...fields,
    })
    .state.jobs.get('b1');
  if (!found) throw new Error('it was put there');
  return { ...found, attempts: found.attempts.map((it) => ({ ...it, startedAt: now })) };
}

/** As it is once its first agent was lost, and a second one has claimed it. */
function tried(): Job {
  const first = job();
  const [attempt] = first.attempts;
  if (!attempt) throw new Error('a job that runs has an attempt');
  const lost = { ...attempt, status: 'lost' as const, endedAt: later };
  return { ...first, token: 2, attempts: [lost, { ...attempt, number: 2, token: 2, agent: 'linux' }] };
}

const stage = (name: string, status: Stage['status'], ended = true): Stage => ({
  name,
  status,
  startedAt: now,
  endedAt: ended ? later : null,
  warnings: 2,
  errors: 0,
  message: status === 'Failed' ? 'make: *** no rule' : null,
});
const named = (name: string) => receiver.spans.filter((it) => it.name === name);

describe('job-spans', () => {
  it('are whole for a build that nobody traced before: where it began, how long it waited, what was done', async () => {
    const built = job();
    const tellStages = stageTeller(built);

    tellClaimed(built, { asked: built, from: now, to: now });
    await traced(attemptSpan(built), async (span) => {
      tellStages([stage('Fetch', 'Succeeded'), stage('Build', 'Running', false)]);
      tellStages([
        stage('Fetch', 'Succeeded'),
        stage('Build', 'Failed'),
        { ...stage('Test', 'Skipped'), startedAt: null },
      ]);
      span.note(endFacts({ job: 'b1', status: 'failed', text: '', cause: 'code' }, 30));
    });
    await receiver.sent();

    expect(receiver.faults).toEqual([]);
    expect(traceFaults(receiver.spans)).toEqual([]);
    expect(receiver.spans.map((it) => it.name).sort()).toEqual([
      'Build',
      'BuildOrchestrator.ExecuteBuild',
      'Fetch',
      'job',
      'queue',
    ]);
    expect(named('BuildOrchestrator.ExecuteBuild')[0]).toMatchObject({
      traceId: traceIdOf(built),
      spanId: attemptSpanId('b1', 1),
      attributes: {
        'build.project': 'app',
        'build.success': false,
        'build.duration': 30,
        'cicd.pipeline.result': 'failure',
        'error.type': 'code',
        'vcs.ref.head.name': 'main',
      },
    });
    expect(named('Build')).toMatchObject([
      {
        status: 2,
        message: 'make: *** no rule',
        attributes: { 'cicd.pipeline.task.run.result': 'failure', 'gityard.warnings': 2 },
      },
    ]);
  });

  it.each([
    [{ status: 'succeeded' }, 'success', null, true],
    [{ status: 'failed', cause: 'timeout' }, 'timeout', 'timeout', false],
    [{ status: 'failed', cause: 'infrastructure' }, 'error', 'infrastructure', false],
    [{ status: 'failed', cause: null }, 'failure', '_OTHER', false],
    [{ status: 'cancelled', cause: 'cancelled' }, 'cancellation', null, false],
    [{ status: 'released' }, 'error', 'returned', false],
    // Nobody can know yet.
    [{ status: 'kept' }, null, null, null],
  ] as const)('tell how an attempt ended that is %j: %s', (end, result, type, success) => {
    expect(endFacts({ job: 'b1', text: '', ...end }, 30)).toMatchObject({
      'cicd.pipeline.result': result,
      'error.type': type,
      'build.success': success,
    });
  });

  it('begin no trace where the request was in one', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    const given = job({ traceparent });

    tellClaimed(given, { asked: { ...given, id: 'b0' }, from: now, to: now });
    await receiver.sent();

    expect(named('job')).toEqual([]);
    // The claim was made for another job, in the trace of that one.
    expect([...named('queue'), ...named('claim')].map((it) => it.parentId)).toEqual(
      Array(2).fill(traceparent.slice(36, 52)),
    );
  });

  it('tell of a lost attempt under the id that its own agent would have used, and the next one links to it', async () => {
    const again = tried();

    tellLost(job(), { reason: 'mac gave no sign of life', now: later });
    await traced(attemptSpan(again), async () => undefined);
    await receiver.sent();

    const [lost, next] = named('BuildOrchestrator.ExecuteBuild')
      .sort((a, b) => a.status - b.status)
      .reverse();
    expect(lost).toMatchObject({
      spanId: attemptSpanId('b1', 1),
      message: 'mac gave no sign of life',
      attributes: { 'cicd.worker.id': 'mac', 'cicd.pipeline.result': 'error', 'build.duration': 30 },
    });
    expect(next).toMatchObject({ spanId: attemptSpanId('b1', 2), links: [{ spanId: lost?.spanId }] });
    expect(new Set([lost, next].map((it) => it?.parentId))).toEqual(new Set([traceparentOf(again).split('-')[2]]));
  });
});
