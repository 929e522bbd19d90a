import { attemptRecords } from '@gityard/domain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tidy } from '../compact/tidy.ts';
import { type Scene, scene } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { auditYard } from './audit.ts';

const march = '2026-03-01T12:00:00Z';
const later = '2026-03-01T12:10:00Z';
const april = '2026-04-01T12:00:00Z';
const PATH = 'shared/metrics/2026-03.jsonl';

describe('the metrics of a yard', () => {
  let world: Scene;
  let yard: Yard;
  beforeEach(async () => {
    world = await scene();
    yard = await world.start('mac');
    const allows = { repositories: [], commands: true };
    const agent = { id: 'mac', host: 'h', boot: yard.boot, slots: 9, allows };
    await yard.perform('register', { agent, replaces: null, now: march });
  });
  afterEach(() => world.close());

  async function built(id: string): Promise<void> {
    await yard.perform('submit', { id, job: { command: ['true'], branch: 'main' }, by: 'ada', now: march });
    const claimed = await yard.perform('claim', { agentId: 'mac', boot: yard.boot, jobId: id, now: march });
    if (!claimed.ok) throw new Error(claimed.reason);
    const { token } = claimed.result;
    const result = { exitCode: 0, artifacts: 0, manifest: null, log: null, tests: null, isolation: null };
    const end = {
      status: 'succeeded',
      cause: null,
      exitCode: 0,
      signal: null,
      reason: null,
      stages: [],
      result,
    } as const;
    await yard.perform('finish', { ...end, jobId: id, agentId: 'mac', token, now: later });
  }
  const note = (job: string) =>
    yard.perform('record-attempt', {
      record: { job, attempt: 1, agent: 'pc', startedAt: march, seconds: 7, status: 'succeeded' },
      now: later,
    });

  it('have a line for each attempt that went into the archive, in the same commit', async () => {
    await built('j1');
    const { records } = attemptRecords(yard.state);
    await built('j2');

    const before = yard.head;
    await tidy(yard, { now: april });

    expect((await world.person.read(PATH))?.split('\n').filter((it) => it !== '')).toHaveLength(2);
    expect(yard.head).not.toBe(before);
    const late = await world.start('late');
    expect(attemptRecords(late.state).records.find((it) => it.job === 'j1')).toEqual(records[0]);
    expect(records).toMatchObject([{ job: 'j1', seconds: 600, agent: 'mac', branch: 'main' }]);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('grow by what writers note at once, and lose nothing of it', async () => {
    const other = await world.start('pc');
    const record = { attempt: 1, agent: 'pc', startedAt: march, seconds: 7, status: 'succeeded' } as const;

    await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        (at % 2 ? yard : other).perform('record-attempt', { record: { ...record, job: `s${at}` }, now: later }),
      ),
    );

    await yard.refresh();
    expect(attemptRecords(yard.state)).toMatchObject({ records: { length: 10 }, problems: [] });
    const { head } = yard;
    expect(await note('s3')).toMatchObject({ ok: true, commit: null, result: { isNew: false } });
    expect(yard.head).toBe(head);
    expect(await auditYard(yard)).toMatchObject({ ok: true });
  });

  it('keep a line that somebody broke, and go on behind it', async () => {
    await note('s1');
    await world.person.commit('A merge gone wrong', { [PATH]: `${await world.person.read(PATH)}<<<<<<< HEAD` });

    await note('s2');

    expect(attemptRecords(yard.state)).toMatchObject({
      records: [{ job: 's1' }, { job: 's2' }],
      problems: [{ line: 2 }],
    });
    expect(await world.person.read(PATH)).toMatch(/\n<<<<<<< HEAD\n\{.*"s2".*\}\n$/);
  });

  it.each<[string, (text: string) => string | null]>([
    ['changes a line', (text) => text.replace('7', '8')],
    ['takes a line away', (text) => text.split('\n').slice(1).join('\n')],
    ['adds one', (text) => `${text}${text.replace('s1', 's9').split('\n')[0]}\n`],
    ['removes the file', () => null],
  ])('betray the commit in which a person %s', async (_, edit) => {
    await note('s1');
    await note('s2');
    const planted = await world.person.commit('Tidy', { [PATH]: edit((await world.person.read(PATH)) ?? '') });
    await note('s3');

    expect(await auditYard(yard)).toMatchObject({
      ok: false,
      firstViolation: { commit: planted, rule: 'metrics-kept' },
    });
  });
});
