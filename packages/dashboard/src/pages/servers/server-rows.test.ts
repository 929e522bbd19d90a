import { describe, expect, it } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import { matches, serverRows, sorted, sortIn } from './server-rows.ts';

const noon = '2026-03-01T12:00:00.000Z';
const sample = sampleYard(noon);
const yard = {
  ...sample,
  agents: sample.agents.map((it) => (it.pool === 'MacOS' ? { ...it, labels: ['arm64'] } : it)),
};
const rows = serverRows(yard, noon);
const found = (query: string) => rows.filter((row) => matches(row, query)).map(({ agent }) => agent.id);
const order = (sort: string | undefined) => sorted(rows, sortIn(sort)).map(({ agent }) => agent.id);

describe('server-rows', () => {
  it.each([
    ['', ['build4', 'mac-mini', 'newcomer', 'build1', 'build2', 'build3']],
    ['status:silent', ['build4']],
    ['status:building pool:linux', ['build4', 'build1', 'build2']],
    ['label:arm', ['mac-mini']],
    ['MAC', ['mac-mini']],
    ['job:01kar9y7', ['build2']],
    ['nothing like it', []],
    ['constructor', []],
  ])('finds by "%s"', (query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  it('puts the worst first, unless somebody wishes otherwise', () => {
    expect(order(undefined)[0]).toBe('build4');
    expect(order('-cpu').slice(0, 2)).toEqual(['build1', 'build4']);
    expect(order('name')).toEqual(['build1', 'build2', 'build3', 'build4', 'mac-mini', 'newcomer']);
  });

  it('puts what is not known last, whichever way one sorts', () => {
    expect([order('disk').at(-1), order('-disk').at(-1)]).toEqual(['newcomer', 'newcomer']);
  });

  it('does not mind an order that there is not', () => {
    expect(sortIn('-constructor')).toEqual({ key: 'status', isDescending: false });
  });
});
