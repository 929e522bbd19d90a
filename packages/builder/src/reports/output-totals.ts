/**
 * Test totals from what a test run printed at its end: the summary of Node's own runner, or else the "ok" and "not ok"
 * lines of any TAP producer.
 */
import type { TestTotals } from '@gityard/domain';

export function outputTotals(tail: string): TestTotals | null {
  return nodeTotals(tail) ?? tapTotals(tail);
}

function nodeTotals(tail: string): TestTotals | null {
  const last = (word: string): number | null => {
    const found = [...tail.matchAll(new RegExp(`^(?:#|ℹ) ${word} (\\d{1,9})$`, 'gm'))].at(-1)?.[1];
    return found === undefined ? null : Number(found);
  };
  const total = last('tests');
  if (total === null) return null;
  const failed = (last('fail') ?? 0) + (last('cancelled') ?? 0);
  return { total, passed: last('pass') ?? 0, failed, skipped: (last('skipped') ?? 0) + (last('todo') ?? 0) };
}

function tapTotals(tail: string): TestTotals | null {
  // Without its version or plan line this is just a text that happens to say "ok".
  if (!/^(TAP version \d+|1\.\.\d+)$/m.test(tail)) return null;
  const lines = tail.split('\n').filter((line) => /^(not )?ok\b/.test(line));
  const skipped = lines.filter((line) => /# (skip|todo)\b/i.test(line)).length;
  const failed = lines.filter((line) => line.startsWith('not ok') && !/# (skip|todo)\b/i.test(line)).length;
  return { total: lines.length, passed: lines.length - failed - skipped, failed, skipped };
}
