import { waitFor } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import type { AgentEvent } from './events.ts';
import { StatusBoard } from './status-board.ts';
import { Supervisor } from './supervisor.ts';

function supervised() {
  const events: AgentEvent[] = [];
  const board = new StatusBoard();
  const pauses: number[] = [];
  const pauseMs = (_: unknown, failures: number) => {
    pauses.push(failures);
    return 1;
  };
  const supervisor = new Supervisor({}, { board, emit: (event) => events.push(event), pauseMs });
  const stop = new AbortController();
  return { supervisor, events, board, pauses, stop };
}

describe('supervisor', () => {
  it('begins a loop again when it throws, with longer pauses each time', async () => {
    const { supervisor, pauses, stop } = supervised();
    let runs = 0;
    const run = async () => {
      if (++runs <= 3) throw new Error('broken');
    };

    await supervisor.keep({ name: 'loop', run }, stop.signal);

    expect(runs).toBe(4);
    expect(pauses).toEqual([1, 2, 3]);
  });

  it('tells of a failure once, and of the recovery when the loop says that it works again', async () => {
    const { supervisor, events, board, stop } = supervised();
    let runs = 0;

    await supervisor.keep(
      {
        name: 'loop',
        run: async (_, line) => {
          if (++runs <= 2) throw new Error('broken');
          expect(board.doings().loops).toMatchObject([{ name: 'loop', error: 'broken' }]);
          line.doing('working');
        },
      },
      stop.signal,
    );

    expect(events).toMatchObject([
      { kind: 'loop-failed', loop: 'loop', text: 'broken' },
      { kind: 'loop-recovered', loop: 'loop' },
    ]);
    expect(board.doings().loops).toMatchObject([{ doing: 'working', error: null }]);
  });

  it('takes what a loop throws on its way out for the stop that it is', async () => {
    const { supervisor, events, stop } = supervised();
    let runs = 0;
    const kept = supervisor.keep(
      {
        name: 'loop',
        run: async (_, __, signal) => {
          runs++;
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          signal.throwIfAborted();
        },
      },
      stop.signal,
    );
    await waitFor(() => runs === 1, { what: 'the loop runs' });

    stop.abort();
    await kept;

    expect(runs).toBe(1);
    expect(events).toEqual([]);
  });
});
