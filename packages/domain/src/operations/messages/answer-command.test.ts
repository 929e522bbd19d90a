import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { waitsForExecution } from '../../chat/waiting-command.ts';
import { NO_GATE } from '../../entities/approval.ts';
import { broken, operation } from '../../spec/audited.ts';
import { aMessage } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, type World, world } from '../../spec/world.ts';
import { putMessage, type State } from '../../state.ts';
import { after, DAY_MS } from '../../time.ts';
import { type AnswerCommand, answerCommand } from './answer-command.ts';

const asked = (body: string, fields: Parameters<World['message']>[1] = {}): World =>
  world()
    .agent('a1')
    .agent('w1', { tasks: true, labels: ['build', 'npm'] })
    .message('m1', { from: 'ann', to: 'all', body, ...fields });

const input = (fields: Partial<AnswerCommand> = {}): AnswerCommand => ({
  messageId: 'm1',
  agentId: 'a1',
  answerId: 'm2',
  jobId: 'j1',
  script: null,
  now: minutesAfterNoon(1),
  ...fields,
});

function answered(state: State, fields: Partial<AnswerCommand> = {}): State {
  const decision = answerCommand(state, input(fields));
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
}

describe('answer-command', () => {
  it('makes the task that is asked for, and answers with its id, in one step', () => {
    const state = answered(asked('/task "Build app" tags:build,npm,priority-2 params:{"url":"u","n":{"a":[1]}}').state);

    expect(state.jobs.get('j1')).toMatchObject({
      status: 'queued',
      submittedBy: 'ann',
      priority: 2,
      labels: ['build', 'npm'],
      task: { text: 'Build app', parameters: { url: 'u', n: { a: [1] } }, message: 'm1' },
    });
    expect(state.messages.get('m2')).toMatchObject({ from: 'a1', to: 'ann', replyTo: 'm1', automatic: true, hops: 1 });
    expect(state.messages.get('m2')?.body).toContain('task j1 is queued for build, npm, priority 2');
    expect(state.messages.get('m1')?.executed).toEqual({ by: 'a1', at: minutesAfterNoon(1), answer: 'm2' });
  });

  it('is done once, whoever comes second', () => {
    const state = answered(asked('/task "Build app"').state);

    const again = answerCommand(state, input({ agentId: 'w1', answerId: 'm3', jobId: 'j2' }));

    expect(again).toMatchObject({ ok: false, code: 'NOTHING_TO_DO' });
  });

  it('answers what is wrong, with an example, and makes nothing', () => {
    const state = answered(asked('/task "Build app').state);

    expect(state.jobs.size).toBe(0);
    expect(state.messages.get('m2')).toMatchObject({ type: 'error' });
    expect(state.messages.get('m2')?.body).toMatch(/never closed\nwrite it like this: \/task "/);
  });

  it('lists tasks, and tells how one stands and why it waits', () => {
    const tasks = (body: string) =>
      asked(body)
        .job('t1', { command: null, task: aTask('One'), labels: ['build', 'npm'] })
        .job('t2', { command: null, task: aTask('Two'), labels: ['build', 'dotnet'] })
        .job('b1').state;
    const bodyOf = (body: string) => answered(tasks(body)).messages.get('m2')?.body;

    expect(bodyOf('/tasklist tags:build')).toMatch(/^2 tasks with build .*\nt1 queued, priority 5: One\nt2 queued/);
    expect(bodyOf('/tasklist tags:build,npm')).toMatch(/^1 task with/);
    expect(bodyOf('/tasklist tags:none')).toBe('no tasks with none');
    expect(bodyOf('/taskstatus t2')).toContain(
      'waits: no agent fits build, dotnet; nearest is w1, which lacks label dotnet',
    );
    expect(bodyOf('/taskstatus t9')).toBe('there is no task t9; /tasklist shows them');
  });

  it('takes the word of whoever sent it on a job that waits for approval, as far as that counts', () => {
    const people = { ann: { roles: ['BuildMaster'], names: [] }, bob: { roles: ['Developer'], names: [] } };
    const waiting = (body: string, from = 'ann') =>
      asked(body, { from }).yard({ people }).job('b1', { approval: NO_GATE, submittedBy: 'carl' });
    const said = (...words: Parameters<typeof waiting>) => {
      const scene = waiting(...words);
      const after = answered(scene.state);
      const told = [operation('answer-command', { job: 'b1', message: 'm1' })];
      expect(broken(scene, world(after), told)).toEqual([]);
      return { job: after.jobs.get('b1'), text: after.messages.get('m2')?.body };
    };

    expect(said('/approve b "it is announced"')).toMatchObject({
      job: { approvals: [{ by: 'ann', reason: 'it is announced' }] },
      text: 'job b1 is approved',
    });
    expect(said('/reject b1 "not today"')).toMatchObject({ job: { status: 'cancelled' } });
    expect(said('/reject b1').text).toContain('that was refused: say why job b1 must not run');
    expect(said('/approve b1', 'bob')).toMatchObject({
      job: { approvals: [] },
      text: expect.stringContaining('bob may not approve'),
    });
    expect(said('/approve b1 it is announced').text).toContain('the reason must stand in double quotes');
  });

  it('takes what a script printed for a command in its turn, once', () => {
    const body = '/msg a1 exec create-build-task.sh u main npm';
    const printed = (text: string, ok = true) => answered(asked(body).state, { script: { ok, text } });

    expect(printed('/task "Build u" tags:build,npm\n').jobs.get('j1')).toMatchObject({ submittedBy: 'ann' });
    expect(printed('hello\n').messages.get('m2')).toMatchObject({ body: 'hello\n', type: 'response' });
    expect(printed('/msg a1 exec other.sh').messages.get('m2')).toMatchObject({ body: '/msg a1 exec other.sh' });
    expect(printed('it failed', false).messages.get('m2')).toMatchObject({ body: 'it failed', type: 'error' });
  });

  it('lets only those run a script who are called by that name', () => {
    const { state } = asked('/msg BuildMaster exec x.sh').yard({ roles: { BuildMaster: ['w1'] } });

    expect(answerCommand(state, input())).toMatchObject({ code: 'NOT_ADDRESSED' });
    expect(answerCommand(state, input({ agentId: 'w1', script: { ok: true, text: 'x' } }))).toMatchObject({ ok: true });
    expect(answered(asked('/msg Nobody exec x.sh').state).messages.get('m2')?.body).toContain(
      'no agent answers to Nobody',
    );
  });

  it.each([
    ['an automatic one', { automatic: true }],
    ['an answer', { type: 'response' as const }],
    ['one that has expired', { expiresAt: noon }],
    ['one of long ago', { sentAt: after(noon, -8 * DAY_MS) }],
    ['words', { body: 'hello' }],
  ])('leaves %s alone', (_, fields) => {
    const { state } = asked('/task "Build app"', fields);

    expect(answerCommand(state, input())).toMatchObject({ ok: false, code: 'NOTHING_TO_DO' });
  });

  it('carries out none of two thousand commands that programs sent', () => {
    const { state } = world().agent('a1');
    const storm = Array.from({ length: 2000 }, (_, n) =>
      aMessage(`s${n}`, noon, { body: '/task "Again"', automatic: n % 2 === 0, hops: 1 }),
    );
    const stormy = applyChanges(state, storm.map(putMessage));

    expect([...stormy.messages].filter((it) => waitsForExecution(it, noon))).toEqual([]);
  });

  it('never answers an answer, so two agents cannot keep each other busy', () => {
    const state = answered(asked('/msg a1 exec x.sh').state, { script: { ok: true, text: 'x /task' } });

    expect([...state.messages].filter((it) => waitsForExecution(it, minutesAfterNoon(2)))).toEqual([]);
  });
});

const aTask = (text: string) => ({ text, parameters: {}, notify: false, message: null });
