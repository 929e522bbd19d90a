/** Where new records go: each into the month in which its attempt ended, in the first file of that month that has room. */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import type { Change, State } from '../state.ts';
import { after } from '../time.ts';
import { utf8Bytes } from '../views/rows-that-fit.ts';
import { lineOfRecord, METRICS_FILE_BYTES } from './metrics-file.ts';

export function appendRecords({ metrics }: Pick<State, 'metrics'>, records: readonly AttemptRecord[]): Change[] {
  const put = new Map<string, { lines: string[]; sizeBytes: number }>();
  for (const record of records) {
    const line = lineOfRecord(record);
    const sizeBytes = utf8Bytes(line) + 1;
    const month = after(record.startedAt, record.seconds * 1000).slice(0, 'yyyy-mm'.length);
    for (let part = 1; ; part++) {
      const id = part === 1 ? month : `${month}-${part}`;
      const file = metrics.get(id);
      const used = put.get(id) ?? { lines: [], sizeBytes: file?.sizeBytes ?? 0 };
      if (file?.text() === null || used.sizeBytes + sizeBytes > METRICS_FILE_BYTES) continue;
      put.set(id, { lines: [...used.lines, line], sizeBytes: used.sizeBytes + sizeBytes });
      break;
    }
  }
  return [...put].map(([id, { lines }]) => ({ kind: 'metrics', id, lines }));
}
