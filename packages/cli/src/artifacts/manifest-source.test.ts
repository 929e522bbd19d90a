import { type Job, type Manifest, Table } from '@gityard/domain';
import { expect, it } from 'vitest';
import { hintWithout } from './manifest-source.ts';

it('leads from a job that was split to those of its parts that have artifacts', () => {
  const whole = { id: 'whole', split: { children: ['part1', 'part2'] } } as unknown as Job;
  const jobs = Table.of([['whole', whole]]);
  const manifests = Table.of([['part2', {} as Manifest]]);

  expect(hintWithout({ jobs, manifests }, 'who')).toBe('its parts have artifacts: part2');
  expect(hintWithout({ jobs, manifests: Table.empty }, 'whole')).toBe('gityard artifact list shows them');
});
