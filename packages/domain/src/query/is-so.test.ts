import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { readExpression } from './expression.ts';
import { isSo } from './is-so.ts';

const hold = { holder: 'ann', token: 3, acquiredAt: noon, expiresAt: null, reason: null };
const { state } = world()
  .agent('build1', { mode: 'draining' })
  .agent('build.2')
  .job('b1', { priority: 2, branch: 'release/1.0' })
  .job('b2', { status: 'failed', agent: 'build1' })
  .job('b3', { status: 'running', agent: 'build1' })
  .lock('deploy', { token: 3, holders: [hold] })
  .message('m1', { from: 'ann', to: 'all', subject: 'hello you' });

const holds = (text: string): boolean => {
  const read = readExpression(text);
  if (!read.ok) throw new Error(read.reason);
  return isSo(read.expression, state, minutesAfterNoon(30));
};
const faultOf = (text: string): string | undefined => {
  const read = readExpression(text);
  return read.ok ? undefined : read.reason;
};

describe('is-so', () => {
  it.each([
    'job.b2.status == failed',
    'job.b1.status = queued && job.b1.priority < 3',
    'job.b1.branch == release/1.0',
    'job.b9.status == null',
    'not job.b9',
    'job.b2.attempts.length == 1',
    'job.b2.attempts.0.agent == build1',
    'jobs.queued == 1 and jobs.failed >= 1 and jobs.open == 2',
    'jobs.oldestWaitSeconds >= 30m and jobs.oldestWaitSeconds < 1h',
    'jobs.stuck == 0',
    'agent.build1.mode == drain',
    'agent."build.2".mode == active',
    'agents.draining == 1 or agents.total == 7',
    'lock.deploy.holder == ann',
    'lock.deploy.token > 2',
    'message.m1.subject == "hello you"',
    'yard.lease.seconds == 10m',
    '(jobs.queued > 10 or jobs.failed > 0) and !(jobs.total > 10)',
    'job.b1.submittedAt < 2026-03-02T12:30:00Z',
  ])('finds %s true', (text) => {
    expect(holds(text)).toBe(true);
  });

  it.each(['job.b1', 'lock.deploy'])('takes %s for a thing that is there', (text) => {
    expect(holds(text)).toBe(true);
  });

  it.each([
    'jobs.queued > 1',
    'job.b9.priority < 100',
    'job.b1.constructor',
    'job.b1.priority < soon',
    'agent.build1.mode == active',
    'jobs.queued > 0 and jobs.failed > 1 or jobs.succeeded > 0',
  ])('finds %s false', (text) => {
    expect(holds(text)).toBe(false);
  });

  it.each([
    ['', 'it is empty'],
    ['jobs.quued > 1', '"jobs.quued" is none of jobs.queued, jobs.claimed'],
    ['job == 1', 'job is followed by a name'],
    ['process.exit', '"process" is none of job, agent'],
    ['constructor.x', '"constructor" is none of job, agent'],
    ['jobs.queued >', 'something to compare with after > is missing at the end'],
    ['jobs.queued > 1 jobs.failed > 1', '"jobs.failed" is one word too many'],
    ['(jobs.queued > 1', 'a ")" is missing'],
    ['jobs.queued > 1; x', '"; x" cannot be read'],
    ['> 1', 'the name of a thing, like jobs.queued is missing before ">"'],
    ['('.repeat(300), 'it has more than 200 words'],
    ['x'.repeat(3000), 'it is longer than 2000 characters'],
  ])('says what is wrong with %j', (text, fault) => {
    expect(faultOf(text)).toContain(fault);
  });
});
