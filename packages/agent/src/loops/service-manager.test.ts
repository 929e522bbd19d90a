import { waitFor } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { Bell } from '../bell.ts';
import type { AgentContext } from '../context.ts';
import type { ServiceManager } from '../options.ts';
import { StatusBoard } from '../status-board.ts';
import { serviceManager } from './service-manager.ts';

type Told = Parameters<ServiceManager['tell']>[0];

function agent({ watchdogMs }: { watchdogMs?: number } = {}) {
  const told: Told[] = [];
  const [drain, stop] = [new AbortController(), new AbortController()];
  const [board, bell, lease] = [new StatusBoard(), new Bell(), { beats: 0 }];
  const manager: ServiceManager = { watchdogMs, tell: async (fact) => void told.push(fact) };
  const parts = { board, bell, lease, running: new Map(), drain: drain.signal, options: { serviceManager: manager } };
  const run = serviceManager(parts as unknown as AgentContext, board.line('service-manager'), stop.signal);
  const beat = () => {
    lease.beats += 1;
    bell.ring();
  };
  const until = (what: string, fact: () => boolean) => waitFor(fact, { what });
  return { told, board, beat, until, drain, stop, run };
}

describe('service-manager', () => {
  it('is ready when the first heartbeat came through, and not before', async () => {
    const { told, board, beat, until, stop, run } = agent();
    board.line('work').doing('waiting for a queued job that fits');
    await new Promise(setImmediate);
    expect(told).toEqual([]);

    beat();
    await until('it is ready', () => told.length > 0);
    stop.abort();
    await run;

    expect(told).toEqual([
      { ready: true, alive: true, status: '0 jobs run; waiting for a queued job that fits' },
      { stopping: true, alive: true, status: '0 jobs run; waiting for a queued job that fits' },
    ]);
  });

  it('is alive while its work loop turns or need not turn, and no more once it hangs', async () => {
    const { told, board, beat, until, stop, run } = agent({ watchdogMs: 40 });
    const line = board.line('work');
    line.doing('waiting', 3_600_000);
    beat();
    await until('it was told as alive again and again', () => told.filter((it) => it.alive).length > 5);

    line.doing('claiming a job');
    await until('it is told that it hangs', () => told.filter((it) => !it.alive).length > 5);
    const first = told.findIndex((it) => !it.alive);
    expect(told.slice(first).every((it) => !it.alive && it.status === 'its work loop hangs')).toBe(true);

    line.failed('the remote is away', 3_600_000);
    await until('it is alive once it waits to begin again', () => told.at(-1)?.alive === true);
    stop.abort();
    await run;
  });

  it('tells that it stops, and stays alive while it finishes what it began', async () => {
    const { told, beat, until, drain, stop, run } = agent({ watchdogMs: 40 });
    beat();
    await until('it is ready', () => told.length > 0);

    drain.abort();
    await until('it goes on', () => told.length > 5);
    stop.abort();
    await run;

    const stopping = told.findIndex((it) => it.stopping);
    expect(told.filter((it) => it.stopping)).toHaveLength(1);
    expect(told.slice(stopping)).toEqual(
      told.slice(stopping).map((it) => ({ ...it, alive: true, status: 'stopping; 0 jobs run' })),
    );
  });

  it('says nothing when it was stopped before anybody saw it', async () => {
    const { told, stop, run } = agent();

    stop.abort();
    await run;

    expect(told).toEqual([]);
  });
});
