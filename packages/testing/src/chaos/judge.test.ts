import { describe, expect, it } from 'vitest';

import type { Ack } from './acks.ts';
import type { Evidence, JobRecord } from './evidence.ts';
import { isClean, judge } from './judge.ts';

const acked: Ack = { kind: 'job', tag: 'ada-1', id: 'j1' };
const told: Ack = { kind: 'message', tag: 'ada-2', id: 'm1' };
const pushed: Ack = { kind: 'queue-file', tag: 'person-1', id: null };

describe('judge', () => {
  it('finds nothing wrong where all that was promised is there once', () => {
    const jobs = [aJob(), aJob({ id: 'j2', parameters: { tag: 'person-1' }, status: 'failed', attempts: [] })];

    const verdict = judge(evidenceOf({ jobs }), [acked, told, pushed]);

    expect(verdict).toEqual({ lost: [], doubled: [], stale: [], overlaps: [], unfinished: [] });
    expect(isClean(verdict)).toBe(true);
  });

  it('believes a take-over: the older token began, the newer one ended', () => {
    const attempts = [
      { token: 1, status: 'lost', agent: 'build1' },
      { token: 2, status: 'succeeded', agent: 'build2' },
    ];
    const marks = new Map([
      ['j1.1', ['begun', 'ended']],
      ['j1.2', ['begun', 'ended']],
    ]);
    const operations = [claim(1), { operation: 'requeue', job: 'j1', token: 1 }, claim(2), finish(2)];

    expect(isClean(judge(evidenceOf({ jobs: [aJob({ token: 2, attempts })], marks, operations }), [acked]))).toBe(true);
  });

  it.each([
    ['a job that is gone', { jobs: [] }, [acked], 'lost'],
    [
      'a job under another id',
      { jobs: [aJob({ id: 'j9' })], marks: new Map([['j9.1', ['begun', 'ended']]]) },
      [acked],
      'lost',
    ],
    ['a message that is gone', { messages: [] }, [told], 'lost'],
    ['a file of the inbox that nobody took up', {}, [pushed], 'lost'],
    ['a wish that became two jobs', { jobs: [aJob(), aJob({ id: 'j2', status: 'failed' })] }, [], 'doubled'],
    ['a message that was sent twice', { messages: [aMessage('m1'), aMessage('m2')] }, [], 'doubled'],
    ['a job that was finished twice', { operations: [claim(1), finish(1), finish(1)] }, [], 'doubled'],
    ['a result of a holder that was replaced', { operations: [claim(1), claim(2), finish(1)] }, [], 'stale'],
    ['a success that no command brought about', { marks: new Map() }, [], 'stale'],
    ['a success whose command never came to its end', { marks: new Map([['j1.1', ['begun']]]) }, [], 'stale'],
    ['a success under another token than the last', { jobs: [aJob({ token: 2 })] }, [], 'stale'],
    ['two who hold one lock at a time', { lock: ['begin 1', 'begin 2', 'end 1', 'end 2'] }, [], 'overlaps'],
    ['a token of a lock that was given twice', { lock: ['begin 1', 'end 1', 'begin 1', 'end 1'] }, [], 'overlaps'],
    ['a job that still runs', { jobs: [aJob({ status: 'running' })] }, [], 'unfinished'],
  ] as const)('finds %s', (_, found, acks, where) => {
    const verdict = judge(evidenceOf(found), acks);

    expect(Object.entries(verdict).flatMap(([name, list]) => (list.length > 0 ? [name] : []))).toEqual([where]);
    expect(isClean(verdict)).toBe(false);
  });

  it('holds it against nobody that a holder which was stopped left no end', () => {
    expect(judge(evidenceOf({ lock: ['begin 1', 'begin 2', 'end 2'] }), []).overlaps).toEqual([]);
  });

  it('takes what a yard tells people by itself for no wish of theirs', () => {
    const broken = { subject: 'yard.json is broken' };

    expect(
      judge(
        evidenceOf({
          messages: [
            { id: 'm1', ...broken },
            { id: 'm2', ...broken },
          ],
        }),
        [],
      ).doubled,
    ).toEqual([]);
  });
});

function evidenceOf(found: Partial<Evidence>): Evidence {
  return {
    jobs: [aJob()],
    messages: [aMessage('m1')],
    operations: [claim(1), finish(1)],
    marks: new Map([['j1.1', ['begun', 'ended']]]),
    lock: ['begin 1', 'end 1', 'begin 2', 'end 2'],
    ...found,
  };
}

function aJob(fields: Partial<JobRecord> = {}): JobRecord {
  const attempts = [{ token: 1, status: 'succeeded', agent: 'build1' }];
  return { id: 'j1', parameters: { tag: 'ada-1' }, status: 'succeeded', token: 1, attempts, ...fields };
}

const aMessage = (id: string) => ({ id, subject: 'ada-2' });
const claim = (token: number) => ({ operation: 'claim', job: 'j1', token });
const finish = (token: number) => ({ operation: 'finish', job: 'j1', token });
