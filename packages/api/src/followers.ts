/**
 * The event streams that are open: how many there may be, and how all of them end when the server closes. One
 * follower gets the newest snapshot and nothing older: while its connection is full, snapshots replace each other
 * instead of piling up in memory.
 */
import type { ServerResponse } from 'node:http';
import type { ReadModel } from '@gityard/domain';
import type { SnapshotSource } from './options.ts';
import type { Problem } from './problem.ts';
import { snapshotText } from './snapshot-text.ts';

export interface Following {
  readonly source: SnapshotSource;
  readonly heartbeatMs: number;
  /** The id of the last event that the follower has seen, from an earlier connection. */
  readonly lastEventId: string | undefined;
}

/** A connection that has taken nothing for this many heartbeats is dead or useless. */
const BLOCKED_BEATS = 2;

export const TOO_MANY_FOLLOWERS: Problem = {
  status: 503,
  code: 'TOO_MANY_FOLLOWERS',
  detail: 'as many follow this server as it serves; close one, or read /api/v1/snapshot now and then',
  headers: { 'retry-after': '30' },
};

export class Followers {
  readonly #open = new Set<ServerResponse>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get full(): boolean {
    return this.size >= this.#limit;
  }

  get size(): number {
    return this.#open.size;
  }

  add(response: ServerResponse, following: Following): void {
    this.#open.add(response);
    const stop = follow(response, following);
    response.once('close', () => {
      stop();
      this.#open.delete(response);
    });
  }

  /** Another answer without an end, written by others. */
  hold(response: ServerResponse): void {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
  }

  endAll(): void {
    for (const response of this.#open) response.end();
  }
}

function follow(response: ServerResponse, { source, heartbeatMs, lastEventId }: Following): () => void {
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

  const stopBeats = beat(response, { heartbeatMs, tellTrouble });
  response.on('drain', flush);
  const unsubscribe = source.subscribe(offer);
  const first = source.current();
  if (first && String(first.sequence) !== lastEventId) offer(first);
  else tellTrouble();
  return () => {
    unsubscribe();
    stopBeats();
  };
}

interface Beat {
  readonly heartbeatMs: number;
  tellTrouble(): void;
}

function beat(response: ServerResponse, { heartbeatMs, tellTrouble }: Beat): () => void {
  let blocked = 0;
  // Something at once: a follower learns that it is connected though there may be no snapshot yet.
  response.write(': here\n\n');
  const timer = setInterval(() => {
    blocked = response.writableNeedDrain ? blocked + 1 : 0;
    if (blocked >= BLOCKED_BEATS) response.destroy();
    if (blocked > 0 || response.writableEnded) return;
    response.write(': beat\n\n');
    tellTrouble();
  }, heartbeatMs);
  return () => clearInterval(timer);
}

const frame = (model: ReadModel): string =>
  `event: snapshot\nid: ${model.sequence}\ndata: ${snapshotText(model).json}\n\n`;
