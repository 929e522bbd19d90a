import { describe, expect, it } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import { filterOf, parseFilter, toggled } from './filter.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z');
const all = [...model.jobs, ...model.finished];
const found = (text: string) => all.filter(filterOf(text, model)).map(({ id }) => id);

describe('filter', () => {
  it('lets everything through when it is empty', () => {
    expect(found('')).toHaveLength(all.length);
  });

  it('takes terms of one field as alternatives and all else together', () => {
    const ended = (status: string) => all.filter((job) => job.status === status).map(({ id }) => id);

    expect(found('status:failed,expired')).toEqual([...ended('failed'), ...ended('expired')]);
    expect(found('status:failed status:expired')).toEqual([...ended('failed'), ...ended('expired')]);
    expect(found('status:failed branch:release')).toEqual(['01kar7failedxx']);
    expect(found('status:failed branch:main')).toEqual([]);
  });

  it('finds words anywhere, whatever their case, and leaves out what begins with a minus', () => {
    expect(found('CANNOT')).toEqual(['01kar7failedxx']);
    expect(found('"find symbol"')).toEqual(['01kar7failedxx']);
    expect(found('status:waiting -status:stuck')).toEqual(['01kara01queued', '01kara02queued', '01kara03queued']);
  });

  it('finds what waits for a label, and what runs on a server that has it', () => {
    const agents = model.agents.map((agent) => (agent.id === 'build1' ? { ...agent, labels: ['ARM64'] } : agent));

    const ids = all.filter(filterOf('label:arm64 status:open', { agents })).map(({ id }) => id);

    expect(ids).toEqual(['01kar9x2runcloud', '01kar8qz0stuckarm']);
  });

  it('takes a field that it does not know for a word', () => {
    expect(parseFilter('git@x:y https://h')).toEqual([
      { field: null, values: ['git@x:y'], isNot: false },
      { field: null, values: ['https://h'], isNot: false },
    ]);
    expect(found('server:build2')).toContain('01kar9y7runvnf');
  });

  it('puts a term in the place of others of its field, and takes it away again', () => {
    expect(toggled('status:failed web', 'status', 'stuck')).toBe('web status:stuck');
    expect(toggled('web status:stuck', 'status', 'stuck')).toBe('web');
  });
});
