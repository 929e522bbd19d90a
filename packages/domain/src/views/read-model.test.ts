import { describe, expect, it } from 'vitest';
import { readModelFrom } from '../read-model-from.ts';
import { crowd } from '../spec/crowd.ts';
import { anAttempt } from '../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { READ_MODEL_BYTES, readModel } from './read-model.ts';

const facts = { now: noon, head: 'c0ffee', sequence: 7, by: 'mac', push: null };
const model = (state: State) => readModel(state, facts);

describe('read-model', () => {
  it('holds what a face draws, and fits its schema unchanged', () => {
    const { state } = world()
      .agent('mac')
      .job('b1', { status: 'running' })
      .beat('mac')
      .job('b2')
      .job('b3', { status: 'succeeded' })
      .message('m1', { readBy: { mac: noon } })
      .lock('db', { waiting: [{ holder: 'ann', since: noon, until: null }] });

    const made = model(state);

    expect(made).toMatchObject({
      sequence: 7,
      head: 'c0ffee',
      by: 'mac',
      agents: [{ id: 'mac', status: 'Building', job: 'b1' }],
      jobs: [{ id: 'b1' }, { id: 'b2', position: 1, reasons: [{ code: 'agents-busy' }] }],
      finished: [{ id: 'b3' }],
      messages: [{ id: 'm1', readBy: 1 }],
      locks: [{ name: 'db', waiting: 1 }],
      totals: { queued: 1, running: 1, stuck: 0, succeededToday: 1, failedToday: 0 },
      truncated: {},
    });
    expect(readModelFrom(structuredClone(made))).toEqual({ ok: true, value: made });
  });

  it('names the projects of a part, which is like its brothers in all else', () => {
    const part = (projects: string[]) => ({ kind: 'part' as const, wave: 0, projects });
    const { state } = world()
      .job('one', { part: part(['src/a']) })
      .job('three', { part: part(['src/b', 'src/c', 'src/d']) })
      .job('whole');

    expect(model(state).jobs.map(({ id, projects }) => [id, projects])).toEqual([
      ['one', 'src/a'],
      ['three', 'src/b and 2 more'],
      ['whole', null],
    ]);
  });

  it('puts held jobs first, then those that wait, in the order of their claims', () => {
    const { state } = world()
      .job('low', { priority: 9 })
      .job('urgent', { priority: 1 })
      .job('blocked', { priority: 1, needs: ['low'] })
      .job('held', { status: 'claimed', priority: 9 });

    expect(model(state).jobs.map((job) => [job.id, job.position])).toEqual([
      ['held', null],
      ['blocked', 1],
      ['urgent', 1],
      ['low', 2],
    ]);
  });

  it('believes the heartbeat of the holder, when it speaks of the same token', () => {
    const pending = {
      name: 'Test',
      status: 'Pending',
      startedAt: null,
      endedAt: null,
      warnings: 0,
      errors: 0,
      message: null,
    } as const;
    const attempts = [anAttempt({ agent: 'mac', token: 2, startedAt: noon, status: 'running', stages: [pending] })];
    const told = (token: number) => ({ jobs: [{ id: 'b1', token, stage: 'Test', progress: '7 of 9' }] });
    const scene = world().agent('mac').job('b1', { status: 'running', token: 2, attempts });

    expect(model(scene.beat('mac', told(2)).state).jobs[0]).toMatchObject({
      progress: '7 of 9',
      stages: [{ name: 'Test', status: 'Running' }],
    });
    expect(model(scene.beat('mac', told(1)).state).jobs[0]).toMatchObject({
      progress: null,
      stages: [{ status: 'Pending' }],
    });
  });

  it('lists the newest ends and messages first', () => {
    const { state } = world()
      .job('old', { status: 'failed', endedAt: minutesAfterNoon(-5) })
      .job('new', { status: 'failed', endedAt: minutesAfterNoon(-1) })
      .message('m1', { sentAt: minutesAfterNoon(-5) })
      .message('m2', { sentAt: minutesAfterNoon(-1) });

    expect(model(state).finished.map((job) => job.id)).toEqual(['new', 'old']);
    expect(model(state).messages.map((message) => message.id)).toEqual(['m2', 'm1']);
  });

  it.each([
    ['a huge yard', crowd({ agents: 1000, jobs: 2500, words: 'x' })],
    ['a yard of long words', crowd({ agents: 300, jobs: 700, words: 'x'.repeat(80) })],
    ['a yard of wide letters', crowd({ agents: 300, jobs: 700, words: '構築\u0001'.repeat(25) })],
  ])('stays within 256 KB for %s, and counts what it leaves out', (_, state) => {
    const paths = Array.from({ length: 500 }, (_, at) => `${at}${'x'.repeat(900)}`);
    const broken = paths.reduce(
      (scene, path) => scene.broken(path, { reason: 'y'.repeat(900), line: 1 }),
      world(state),
    );

    const made = readModel(broken.state, facts);
    const bytes = new TextEncoder().encode(JSON.stringify(made, null, 2)).length;

    expect(bytes).toBeLessThanOrEqual(READ_MODEL_BYTES);
    expect(readModelFrom(structuredClone(made))).toEqual({ ok: true, value: made });
    expect(made.jobs.length + (made.truncated.jobs ?? 0)).toBe(made.totals.queued + made.totals.running);
    expect(made.agents.length + (made.truncated.agents ?? 0)).toBe(state.agents.size);
    expect(Math.min(made.agents.length, made.jobs.length, made.finished.length)).toBeGreaterThan(10);
  });

  it('does not let a thousand stuck jobs hide a silent agent', () => {
    const silent = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };
    const many = Array.from({ length: 200 }, (_, at) => `j${at}`).reduce(
      (scene, id) => scene.job(id, { labels: ['gpu'] }),
      world(),
    );

    const made = model(many.agent('mac').beat('mac', silent).state);

    expect(made.needsYou.map((it) => it.code)).toContain('agent-silent');
    expect(made.needsYou.length + (made.truncated.needsYou ?? 0)).toBe(201);
  });
});
