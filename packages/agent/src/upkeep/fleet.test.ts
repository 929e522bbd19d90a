/** What an agent does for the whole fleet when its turn comes: notes how it stands, and gives jobs to backups and back. */
import { after, validate } from '@gityard/domain';
import { auditYard, readLog } from '@gityard/yard';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestYard, testYard } from '../agent.fixture.ts';
import type { AgentContext } from '../context.ts';
import { failover } from './failover.ts';
import { health } from './health.ts';

const never = new AbortController().signal;

describe('the fleet', () => {
  let yard: TestYard;
  let context: AgentContext;
  /** By the clock of this spec: on a busy machine seconds pass between two lines, and once an hour an hour is over. */
  let now: string;
  let beats = 0;
  beforeEach(async () => {
    now = '2026-03-02T12:05:00.000Z';
    yard = await testYard({
      health: { lateAfterIntervals: 1, silentAfterIntervals: 1, silentAtLeastSeconds: 0 },
      failover: { a: { backup: 'b' } },
    });
    const person = Object.assign(Object.create(yard.person) as typeof yard.person, { now: () => now });
    context = { yard: person, self: { id: 'spec' }, roundTrip: { ms: 1 } } as unknown as AgentContext;
    for (const id of ['a', 'b']) await register(id);
  });
  afterEach(() => yard.close());

  const register = (id: string) =>
    yard.person.perform('register', {
      agent: { id, host: `${id}.example`, boot: 'boot', allows: { repositories: [], commands: true } },
      replaces: null,
      now,
    });
  /** A sign of life that promises the next one in so many seconds. */
  async function beat(agent: string, seconds: number): Promise<void> {
    const made = validate('heartbeat', {
      agent,
      boot: 'boot',
      beat: ++beats,
      at: now,
      nextBeatBy: after(now, seconds * 1000),
      host: agent,
      pid: 1,
    });
    if (!made.ok) throw new Error(made.reason);
    await yard.person.live.beat({ heartbeat: () => made.value, model: () => null });
  }
  const operations = async (name: string) => (await readLog(yard.person)).filter((it) => it.operation === name);
  const run = (task: typeof health) => task(context, never);
  const assignee = async (id: string) => (await yard.person.refresh()).jobs.get(id)?.assignedTo;

  it('is noted when it changes, and not for a beat more', async () => {
    await beat('a', 60);
    await beat('b', 60);
    expect(await run(health)).toBe('a is fresh; b is fresh');
    await beat('a', 600);
    await beat('b', 60);
    expect(await run(health)).toBeNull();

    now = after(now, 120_000);
    expect(await run(health)).toBe('b is silent');
    expect(await run(health)).toBeNull();

    expect(await operations('note-health')).toHaveLength(2);
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });

  it('helps itself where a pair is set: jobs go to the backup of a silent server, and back', async () => {
    await beat('a', 60);
    await beat('b', 600);
    const id = await yard.add(['make'], { assignedTo: 'a' });

    expect(await run(failover)).toBeNull();
    now = after(now, 120_000);
    expect(await run(failover)).toBe('1 job of a went to b');
    expect(await assignee(id)).toBe('b');
    expect(await run(failover)).toBeNull();
    await beat('a', 600);
    expect(await run(failover)).toBe('1 job went back to a');

    expect(await assignee(id)).toBe('a');
    expect((await operations('fail-over'))[0]?.reason).toBe('a gives no sign of life; b is its backup');
    expect(await auditYard(yard.person)).toMatchObject({ ok: true });
  });
});
