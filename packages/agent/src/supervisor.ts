/**
 * Keeps loops alive: one that throws is shown, left alone for a while, and begun again; one that returns is done. No error
 * inside a loop ends the daemon. Knows nothing of what the loops do.
 */
import type { AgentEvent } from './events.ts';
import { pause } from './pause.ts';
import type { LoopLine, StatusBoard } from './status-board.ts';
import { pauseAfterMs, textOf } from './trouble.ts';

export interface Loop<Context> {
  readonly name: string;
  readonly run: (context: Context, line: LoopLine, signal: AbortSignal) => Promise<void>;
}

export interface SupervisorOptions {
  readonly board: StatusBoard;
  readonly emit: (event: AgentEvent) => void;
  readonly pauseMs?: (error: unknown, failures: number) => number;
}

/** A loop that ran so long before it failed again has recovered in between: its pauses begin small again. */
const RECOVERED_AFTER_MS = 30_000;

export class Supervisor<Context> {
  private readonly context: Context;
  readonly board: StatusBoard;
  readonly emit: (event: AgentEvent) => void;
  private readonly pauseMs: (error: unknown, failures: number) => number;

  constructor(context: Context, { board, emit, pauseMs = pauseAfterMs }: SupervisorOptions) {
    this.context = context;
    this.board = board;
    this.emit = emit;
    this.pauseMs = pauseMs;
  }

  /** Resolves when the loop has returned, or was told to stop. */
  async keep(loop: Loop<Context>, signal: AbortSignal): Promise<void> {
    const line = watchedLine(loop.name, this);
    let failures = 0;
    while (!signal.aborted) {
      const startedMs = performance.now();
      const error = await errorOf(() => loop.run(this.context, line, signal));
      // What a loop throws on its way out is the stop itself, in other words.
      if (error === undefined || signal.aborted) return;
      failures = performance.now() - startedMs > RECOVERED_AFTER_MS ? 1 : failures + 1;
      await this.leaveAlone({ error, failures, line, signal });
    }
  }

  private async leaveAlone({ error, failures, line, signal }: Failure): Promise<void> {
    const againInMs = Math.round(this.pauseMs(error, failures));
    line.failed(textOf(error), againInMs);
    await pause(againInMs, signal);
  }
}

/**
 * Shown on the board, and told once for a run of failures: a terminal is no place for one line a second through an outage. A
 * loop says what it does after something went well, so the first such word after a failure is its recovery.
 */
export function watchedLine(name: string, { board, emit }: Pick<SupervisorOptions, 'board' | 'emit'>): LoopLine {
  const line = board.line(name);
  let failing = false;
  return {
    failed: (text, againInMs) => {
      line.failed(text, againInMs);
      if (!failing) emit({ kind: 'loop-failed', loop: name, text, againInMs });
      failing = true;
    },
    doing: (text, quietMs) => {
      line.doing(text, quietMs);
      if (failing) emit({ kind: 'loop-recovered', loop: name });
      failing = false;
    },
  };
}

interface Failure {
  readonly error: unknown;
  readonly failures: number;
  readonly line: LoopLine;
  readonly signal: AbortSignal;
}

async function errorOf(act: () => Promise<void>): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error ?? new Error('a loop threw nothing');
  }
}
