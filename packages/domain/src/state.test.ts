import { describe, expect, it } from 'vitest';
import { applyChanges } from './apply-changes.ts';
import { aJob } from './spec/samples.ts';
import { noon, world } from './spec/world.ts';
import { emptyState, putJob } from './state.ts';

describe('state', () => {
  it('is changed by putting and by taking away, and stays as it was before', () => {
    const before = world().job('b1').state;

    const after = applyChanges(before, [putJob(aJob('b2', noon, {})), { kind: 'job', id: 'b1', value: null }]);

    expect([...after.jobs].map((job) => job.id)).toEqual(['b2']);
    expect([...before.jobs].map((job) => job.id)).toEqual(['b1']);
  });

  it('keeps a yard when its file is taken away, and forgets the branches', () => {
    const { state } = world().yard({ name: 'acme' });
    const profile = { branches: { main: {} } } as never;

    const after = applyChanges({ ...state, branches: profile }, [
      { kind: 'yard', id: 'yard', value: null },
      { kind: 'branches', id: 'branches', value: null },
    ]);

    expect(after.yard.name).toBe('acme');
    expect(after.branches).toEqual(emptyState(state.yard).branches);
  });

  it('notes the answer to an inbox file, and lets a file that is gone be gone', () => {
    const { state } = world().queueFile('queue/a.json', { blob: 'b2' });
    const answer = (id: string) => ({ kind: 'queue-answer', id, blob: 'b2', reason: 'no', line: null }) as const;

    const after = applyChanges(state, [answer('queue/a.json'), answer('queue/gone.json')]);

    expect(after.queue.get('queue/a.json')?.answered).toBe('b2');
    expect(applyChanges(after, [{ kind: 'queue-taken', id: 'queue/a.json' }]).queue.size).toBe(0);
  });
});
