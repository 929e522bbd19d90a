/** A build's record as the JSON file of the logs branch: sorted keys, two spaces, a final newline, as all our files. */
import type { BuildRecord } from './build-record.ts';

export function jsonLog(record: BuildRecord): string {
  return `${JSON.stringify(sorted(record), null, 2)}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
