import { describe, expect, it } from 'vitest';
import type { KnownBackup } from './known-backups.ts';
import type { BackupManifest } from './manifest.ts';
import { overdueBackups } from './retention.ts';

const backup = (id: string, parent: string | null): KnownBackup => ({
  id,
  manifest: { id, parent } as BackupManifest,
  problem: null,
});
const broken = (id: string): KnownBackup => ({ id, manifest: null, problem: 'damaged' });

describe('which backups go', () => {
  it.each([
    ['none, while there are no more than stay', [backup('b', 'a'), backup('a', null)], 2, []],
    ['those that nobody needs', [backup('c', null), backup('b', 'a'), backup('a', null)], 1, ['b', 'a']],
    ['not one that another rests on, however far', [backup('c', 'b'), backup('b', 'a'), backup('a', null)], 1, []],
    [
      'not a damaged one, which takes nobody\u2019s place',
      [broken('d'), backup('c', null), backup('b', null)],
      1,
      ['b'],
    ],
    ['nothing else because a chain is torn', [backup('c', 'gone'), backup('b', null), backup('a', null)], 2, ['a']],
  ] as const)('%s', (_, known, keep, overdue) => {
    expect(overdueBackups(known, keep)).toEqual(overdue);
  });
});
