import { describe, expect, it } from 'vitest';
import { taskNotice } from './task-notice.ts';

const news = { task: 't1', worker: 'BuildWorker1', at: '2026-03-02T12:05:09.123Z' };

describe('task-notice', () => {
  it.each([
    ['en', 'claimed', '🔨 [2026-03-02 12:05:09] Build t1 was taken by BuildWorker1'],
    ['en', 'completed', '✅ [2026-03-02 12:05:09] Build t1 was completed successfully by BuildWorker1'],
    ['en', 'failed', '❌ [2026-03-02 12:05:09] Build t1 failed on BuildWorker1'],
    ['de', 'claimed', '🔨 [2026-03-02 12:05:09] Build t1 wurde von BuildWorker1 übernommen'],
    ['de', 'completed', '✅ [2026-03-02 12:05:09] Build t1 erfolgreich von BuildWorker1 abgeschlossen'],
    ['de', 'failed', '❌ [2026-03-02 12:05:09] Build t1 ist auf BuildWorker1 fehlgeschlagen'],
  ] as const)('in %s says that a task was %s', (language, notice, text) => {
    expect(taskNotice(language, { ...news, notice })).toBe(text);
  });
});
