import { describe, expect, it } from 'vitest';
import { find } from './find.ts';
import { refusal } from './spec/outcome.ts';
import { Table } from './table.ts';

const table = Table.of(['01ja', '01jb', '01jb2', '02'].map((id) => [id, { id }] as const));

describe('find', () => {
  it.each([
    ['01ja', '01ja'],
    ['02', '02'],
    ['0', undefined],
    ['01JA', '01ja'],
    // Complete, though another begins with it.
    ['01jb', '01jb'],
  ])('%s is %s', (asked, expected) => {
    const found = find(table, asked, 'job');

    expect(found.ok ? found.value.id : undefined).toBe(expected);
  });

  it('names those that it cannot choose from', () => {
    expect(find(table, '01', 'job')).toMatchObject({
      ...refusal('AMBIGUOUS_ID'),
      reason: '3 jobs begin with 01',
      refs: ['01ja', '01jb', '01jb2'],
    });
  });

  it.each(['03', ''])('refuses "%s", which nothing has', (asked) => {
    expect(find(table, asked, 'job')).toMatchObject(refusal('NOT_FOUND'));
  });
});
