/**
 * Every new snapshot to one who follows, and nothing older: while its connection is full, snapshots replace each other instead of
 * piling up in memory.
 */
import type { ServerResponse } from 'node:http';
import type { ReadModel } from '@gityard/domain';
import type { SnapshotSource } from './options.ts';
import { snapshotText } from './snapshot-text.ts';

export interface Following {
  readonly source: SnapshotSource;
  readonly heartbeatMs: number;
  /** The id of the last event that the follower has seen, from an earlier connection. */
  readonly lastEventId: string | undefined;
}

/** Ends with the connection. */
export function tellSnapshots(response: ServerResponse, { source, heartbeatMs, lastEventId }: Following): void {
  let waiting: ReadModel | undefined;
  let trouble: string | null = null;
  /** Who is connected to one that is blind itself must know it: what it shows says nothing of now. */
  const tellTrouble = () => {
    const reason = source.trouble?.() ?? null;
    if (reason === trouble || response.writableEnded) return;
    trouble = reason;
    response.write(`event: trouble\ndata: ${JSON.stringify({ reason })}\n\n`);
  };
  const flush = () => {
    if (!waiting || response.writableNeedDrain || response.writableEnded) return;
    response.write(frame(waiting));
    waiting = undefined;
  };
  const offer = (model: ReadModel) => {
    waiting = model;
    flush();
    tellTrouble();
  };
  const beat = () => {
    if (response.writableNeedDrain || response.writableEnded) return;
    response.write(': beat\n\n');
    tellTrouble();
  };

  // Something at once: a follower learns that it is connected though there may be no snapshot yet.
  response.write(': here\n\n');
  const beating = setInterval(beat, heartbeatMs);
  response.on('drain', flush);
  const unsubscribe = source.subscribe(offer);
  response.once('close', () => {
    unsubscribe();
    clearInterval(beating);
  });
  const first = source.current();
  if (first && String(first.sequence) !== lastEventId) offer(first);
  else tellTrouble();
}

const frame = (model: ReadModel): string =>
  `event: snapshot\nid: ${model.sequence}\ndata: ${snapshotText(model).json}\n\n`;
