import { describe, expect, it } from 'vitest';
import { applyChanges, withFiles } from '../../apply-changes.ts';
import { world } from '../../spec/world.ts';
import { pruneArchive } from './prune-archive.ts';

const filled = (...folders: readonly (readonly [string, number])[]) => {
  const { state } = world();
  return { ...state, archive: folders.reduce((all, [id, files]) => withFiles(all, id, files), state.archive) };
};

describe('prune', () => {
  it('lets folders go whose last moment is longer ago than the archive keeps, oldest first', () => {
    const state = filled(['jobs/2026/01/02', 3], ['messages/2025/12', 2], ['messages/2026/01', 1]);

    const decision = pruneArchive(state, { now: '2026-04-04T00:00:00Z' });

    expect(decision).toMatchObject({
      ok: true,
      result: { folders: ['messages/2025/12', 'jobs/2026/01/02'], files: 5 },
    });
    const left = applyChanges(state, decision.ok ? decision.changes : []);
    expect([...left.archive]).toEqual([{ id: 'messages/2026/01', files: 1 }]);
  });

  it('has nothing to do before', () => {
    const state = filled(['jobs/2026/01/02', 3]);

    expect(pruneArchive(state, { now: '2026-04-03T00:00:00Z' })).toMatchObject({ code: 'NOTHING_TO_DO' });
  });

  it('takes a bounded number of files at a time, and a large folder alone', () => {
    const now = '2026-12-01T00:00:00Z';
    const state = filled(['jobs/2026/01/01', 9_000], ['jobs/2026/01/02', 10]);
    const smaller = filled(['jobs/2026/01/01', 10], ['jobs/2026/01/02', 9_000], ['jobs/2026/01/03', 10]);

    expect(pruneArchive(state, { now })).toMatchObject({ result: { folders: ['jobs/2026/01/01'] } });
    expect(pruneArchive(smaller, { now })).toMatchObject({ result: { folders: ['jobs/2026/01/01'] } });
  });
});
