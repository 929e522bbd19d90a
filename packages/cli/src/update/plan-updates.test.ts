import { type Agent, type Job, type Update, validate } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { planUpdates } from './plan-updates.ts';

const update: Update = { version: '2.0.0', source: 'npm:gityard', integrity: `sha512-${'a'.repeat(86)}==` };

function agent(id: string, given: Partial<Agent> = {}): Agent {
  const allows = { updates: ['npm:gityard'] };
  const at = '2026-01-01T00:00:00Z';
  const checked = validate('agent', { id, host: id, boot: 'b', registeredAt: at, version: '1.0.0', allows, ...given });
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

function plan(agents: readonly Agent[], given: { atOnce?: number; jobs?: Job[] } = {}) {
  let count = 0;
  return planUpdates(agents, { update, atOnce: 1, jobs: [], newId: () => `j${++count}`, ...given });
}

describe('an update of many agents', () => {
  const five = ['a', 'b', 'c', 'd', 'e'].map((it) => agent(it));

  it('goes one after the other, each only when the one before has succeeded', () => {
    expect(plan(five).updates.map(({ id, needs }) => [id, needs])).toEqual([
      ['j1', []],
      ['j2', ['j1']],
      ['j3', ['j2']],
      ['j4', ['j3']],
      ['j5', ['j4']],
    ]);
  });

  it('goes in rounds where several may go at once', () => {
    expect(plan(five, { atOnce: 2 }).updates.map(({ needs }) => needs)).toEqual([
      [],
      [],
      ['j1', 'j2'],
      ['j1', 'j2'],
      ['j3', 'j4'],
    ]);
  });

  it('leaves out who runs it already, allows it not, or is about to have another', () => {
    const job = { id: 'old', status: 'queued', assignedTo: 'd', update } as unknown as Job;
    const agents = [
      agent('a', { version: '2.0.0' }),
      agent('b', { allows: {} as Agent['allows'] }),
      agent('c', { tasks: true }),
      agent('d'),
      agent('e'),
    ];

    const { updates, skipped } = plan(agents, { jobs: [job] });

    expect(updates.map((it) => it.agent)).toEqual(['e']);
    expect(skipped.map((it) => it.why)).toEqual([
      'runs 2.0.0 already',
      'does not allow updates from npm:gityard: gityard agent allow --updates npm:gityard',
      'only takes tasks',
      'is to change to 2.0.0 first, by job old',
    ]);
  });
});
