import { type Heartbeat, needsYou } from '@gityard/domain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED } from '../agent.fixture.ts';
import { allow } from '../policy/change-policy.ts';
import { NO_PROGRAMS, type Programs, writePrograms } from './programs.ts';

const integrity = `sha512-${'a'.repeat(86)}==`;
const update = { version: '2.0.0', source: '/nowhere/gityard-2.0.0.tgz', integrity };
const program = { version: '2.0.0', integrity, entry: '2.0.0-aaaaaaaaaaaaaaaa/package/main.js' };
const launcher = { installed: '1.0.0' };

let yard: TestYard;
beforeAll(async () => {
  yard = await testYard(UNHURRIED);
});
afterAll(() => yard.close());

async function start(id: string, noted: Partial<Programs> = {}, more = {}) {
  const home = yard.homeOf(id);
  await writePrograms(home, { ...NO_PROGRAMS, ...noted });
  await allow(home, { updates: ['/nowhere/*'] });
  return yard.start(id, { launcher, version: '1.0.0', ...more });
}

const ask = async (agent: string, fields = {}) => {
  const job = { update: { ...update, ...fields }, assignedTo: agent, retryOn: ['lost' as const] };
  const id = `u-${agent}`;
  const answer = await yard.person.perform('submit', { id, job, by: 'ada', now: yard.person.now() });
  expect(answer).toMatchObject({ ok: true });
  return id;
};
const reasonOf = async (id: string) => (await yard.untilStatus(id, 'failed')).attempts.at(-1)?.reason;

describe('the job of an update', () => {
  it('ends with what became of its trial in another life, and begins anew when somebody retries it', async () => {
    const text = 'gityard 2.0.0 did not take over: it was ended by SIGKILL';
    await start('build1', { ended: { job: 'u-build1', ok: false, text } });
    const id = await ask('build1');
    expect(await reasonOf(id)).toBe(text);

    await yard.person.perform('retry', { jobId: id, by: 'ada', reason: null, now: yard.person.now() });

    await yard.until('it has failed for another reason', (state) => {
      const job = state.jobs.get(id);
      return job?.status === 'failed' && job.attempts.at(-1)?.reason?.includes('could not be fetched');
    });
  });

  it('is refused for an older version, which anybody could ask for who may push', async () => {
    await start('build2', {}, { version: '3.0.0' });

    expect(await reasonOf(await ask('build2'))).toBe('2.0.0 is older than 3.0.0: only a signed job may ask for that');
  });

  it('waits for ever where nobody could start another program: the agent does not offer it', async () => {
    await start('build3', {}, { launcher: undefined });
    await yard.beat('build3');

    await yard.person.refresh();
    expect(yard.person.state.agents.get('build3')?.allows).not.toHaveProperty('updates');
  });

  it('that was taken back is told of by every heartbeat, until something else is installed', async () => {
    const text = 'gityard 2.0.0, which job j1 had brought, died 3 times';
    await start('build5', { returned: { text, installed: '1.0.0' } });
    await start('build6', { returned: { text, installed: '0.9.0' } });
    const errors = (it: Heartbeat) => it.loops.filter(({ name }) => name === 'program').map(({ error }) => error);

    expect(errors(await yard.beat('build5', (it) => errors(it).length > 0))).toEqual([text]);
    expect(errors(await yard.beat('build6'))).toEqual([]);
    const needs = needsYou(await yard.person.refresh(), yard.person.now());
    expect(needs.filter(({ code }) => code === 'program-returned')).toEqual([
      { code: 'program-returned', text: `agent build5 went back: ${text}`, refs: ['build5'] },
    ]);
  });

  it('is the only one that a program on trial runs', async () => {
    const trial = { program, job: 'u-build4', started: true };
    await start('build4', { trial }, { version: '2.0.0' });
    await yard.add(['true'], { assignedTo: 'build4' });
    const beat = await yard.beat('build4', (it) =>
      it.loops.some(({ name, doing }) => name === 'work' && doing?.startsWith('on trial')),
    );
    expect(beat.jobs).toEqual([]);

    const id = await ask('build4');

    const done = await yard.untilStatus(id, 'succeeded');
    expect(done.attempts.at(-1)?.reason).toBe('gityard 2.0.0 runs in the place of 1.0.0');
    await yard.until('what had waited for it is built', (state) =>
      [...state.jobs].every((it) => it.assignedTo !== 'build4' || it.status === 'succeeded'),
    );
  });
});
