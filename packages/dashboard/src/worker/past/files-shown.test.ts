import { describe, expect, it } from 'vitest';
import { filesShown } from './files-shown.ts';

const NOW = '2026-03-03T12:30:00.000Z';

describe('files-shown', () => {
  it('leaves out what has a page of its own, and what is only counted', () => {
    const wanted = ['yard.json', 'shared/agents/mac.json', 'shared/jobs/61/a.json', 'shared/messages/61/a.json'];
    const others = [
      'shared/manifests/61/a.json',
      'shared/archive/jobs/2026/02/01/a.json',
      'shared/metrics/2026-03.jsonl',
    ];

    expect(pathsOf([...wanted, ...others], 'week')).toEqual(wanted);
  });

  it('reads the hours of a week, or of a month, and the last one before', () => {
    const hours = ['2026-01-05/04', '2026-02-20/10', '2026-02-25/07', '2026-03-02/11', '2026-03-03/09'];
    const paths = hours.map((it) => `shared/history/${it}.json`);

    expect(pathsOf(paths, 'week')).toEqual(paths.slice(1));
    expect(pathsOf(paths, 'month')).toEqual(paths);
    expect(pathsOf(['shared/history/2026-01-05/04.json'], 'week')).toHaveLength(1);
  });
});

const pathsOf = (paths: readonly string[], past: 'week' | 'month') =>
  filesShown(
    paths.map((path) => ({ path, oid: 'a'.repeat(40), sizeBytes: null })),
    { now: NOW, past },
  ).map(({ path }) => path);
