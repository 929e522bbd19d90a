import { describe, expect, it } from 'vitest';
import type { Job } from '../entities/job.ts';
import { world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { cycleThrough, mayWaitForItself, unmetNeeds } from './needs.ts';

const job = (state: State, id: string): Job => {
  const found = state.jobs.get(id);
  if (!found) throw new Error(`the spec has no job ${id}`);
  return found;
};

describe('needs', () => {
  it('are met by success alone', () => {
    const { state } = world()
      .job('good', { status: 'succeeded' })
      .job('bad', { status: 'failed' })
      .job('busy', { status: 'running' })
      .job('b1', { needs: ['good', 'bad', 'busy', 'gone'] });

    expect(unmetNeeds(state, job(state, 'b1')).map(({ id, failed }) => [id, failed])).toEqual([
      ['bad', true],
      ['busy', false],
      ['gone', false],
    ]);
  });

  it('that lead back to the job are a circle, told in its order', () => {
    const { state } = world()
      .job('a', { needs: ['x', 'b'] })
      .job('b', { needs: ['c'] })
      .job('c', { needs: ['a'] })
      .job('x');

    expect(cycleThrough(state, job(state, 'a'))).toEqual(['a', 'b', 'c']);
    expect(cycleThrough(state, job(state, 'x'))).toEqual([]);
  });

  it('are no circle where two ways lead to one job', () => {
    const { state } = world()
      .job('base')
      .job('l', { needs: ['base'] })
      .job('r', { needs: ['base'] })
      .job('top', { needs: ['l', 'r'] });

    expect(cycleThrough(state, job(state, 'top'))).toEqual([]);
    expect(mayWaitForItself(state, job(state, 'top'))).toBe(false);
  });

  it('stop at a circle of others', () => {
    const { state } = world()
      .job('a', { needs: ['b'] })
      .job('b', { needs: ['a'] })
      .job('c', { needs: ['a'] });

    expect(cycleThrough(state, job(state, 'c'))).toEqual([]);
    expect(['a', 'b', 'c'].map((id) => mayWaitForItself(state, job(state, id)))).toEqual([true, true, true]);
  });

  it('may be a chain of fifty thousand', () => {
    let chain = world().job('j0').state.jobs;
    const first = job(world().job('j0').state, 'j0');
    chain = chain.withAll(
      Array.from(
        { length: 50_000 },
        (_, at) => [`j${at + 1}`, { ...first, id: `j${at + 1}`, needs: [`j${at}`] }] as const,
      ),
    );
    const state = { ...world().state, jobs: chain };

    expect(cycleThrough(state, job(state, 'j50000'))).toEqual([]);
  });
});
