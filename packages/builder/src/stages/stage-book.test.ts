import { describe, expect, it } from 'vitest';
import { openStageBook } from './stage-book.ts';

describe('stage-book', () => {
  it('has all six stages in order from the start', () => {
    const names = openStageBook(() => undefined)
      .list()
      .map(({ name, status }) => `${name} ${status}`);

    expect(names).toEqual([
      'Fetch Pending',
      'Restore Pending',
      'Build Pending',
      'Test Pending',
      'Package Pending',
      'Publish Pending',
    ]);
  });

  it('tells of every change, and dates what has run', () => {
    let told = 0;
    const book = openStageBook(() => void told++);

    book.start('Fetch');
    expect(book.running()).toBe('Fetch');
    book.count('Fetch', { warnings: 2, errors: 1 });
    book.end('Fetch', 'Failed', 'x'.repeat(5_000));
    book.closeRest('Skipped');

    const [fetch, restore] = book.list();
    expect(fetch).toMatchObject({
      status: 'Failed',
      warnings: 2,
      errors: 1,
      startedAt: expect.any(String),
      endedAt: expect.any(String),
    });
    expect(fetch?.message).toHaveLength(1_000);
    expect(restore).toMatchObject({ status: 'Skipped', startedAt: null, endedAt: null });
    expect(told).toBe(7);
  });
});
