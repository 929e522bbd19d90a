import { describe, expect, it } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import { jobLists } from './job-lists.ts';

const now = '2026-03-01T12:00:00.000Z';
const model = sampleYard(now);
const lists = (filter: string, sort: Parameters<typeof jobLists>[1]['sort'] = 'turn') =>
  jobLists(model, { filter, sort }, now);

describe('job-lists', () => {
  it('puts what is stuck first, then what runs, what waits and what ended', () => {
    expect(lists('').sections.map(({ name, jobs }) => [name, jobs.length])).toEqual([
      ['Stuck', 2],
      ['Running', 3],
      ['Waiting', 3],
      ['Finished', 5],
    ]);
  });

  it('counts all jobs, whatever is filtered, and leaves out sections without any', () => {
    const { sections, found, counts } = lists('status:failed');

    expect(sections.map(({ name }) => name)).toEqual(['Finished']);
    expect(found).toHaveLength(1);
    expect(counts).toEqual({ stuck: 2, held: 3, waiting: 5, failed: 1, finished: 5 });
  });

  it('sorts in one list where another order than that of turns is asked for', () => {
    const [section] = lists('status:open', 'priority').sections;

    expect(section?.name).toBe('Jobs');
    expect(section?.jobs.map(({ priority }) => priority)).toEqual([1, 5, 5, 5, 5, 5, 5, 8]);
    expect(lists('status:running', 'longest').sections[0]?.jobs[0]?.id).toBe('01kar9x2runcloud');
  });
});
