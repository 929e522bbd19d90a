/** A log for an element that shows it: what is known of it, and its lines in blocks as they are looked at. It looks again while the log grows. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Failure } from '../../worker/protocol.ts';
import type { Span } from '../../worker/questions/logs/ansi.ts';
import type { LogOpened } from '../../worker/questions/logs/log-open.ts';
import type { LogAsked } from '../../worker/questions/logs/open-log.ts';
import type { YardOfPage } from '../../yard/yard.ts';

export type Ask = Pick<YardOfPage, 'ask'>;
export type Line = readonly Span[];

const BLOCK_LINES = 200;
const LOOK_EVERY_MS = { local: 2_000, remote: 20_000 };
/** A result is handed in with its log, and a little may pass between the two. */
const LATE_LOOKS = 10;

export class LogData implements ReactiveController {
  /** null: there is no log. undefined: nobody has answered yet. */
  opened: LogOpened | null | undefined;
  failure: Failure | null = null;
  /** By how much lines have moved down, because what stands before them came later. */
  onShift: (lines: number) => void = () => undefined;
  isLocal = false;
  isRunning = false;
  /** It ended long ago: of what is not there now nothing will come. */
  isOld = false;
  readonly #host: ReactiveControllerHost;
  #ask: Ask | undefined;
  #asked: LogAsked | undefined;
  #key = '';
  #blocks = new Map<number, readonly Line[]>();
  #asking = new Set<number>();
  #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lateLooks = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#key = '';
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** What it is asked by, once it is known which attempt that is. */
  get asked(): LogAsked | undefined {
    return this.#asked;
  }

  want(ask: Ask, asked: LogAsked): void {
    const key = JSON.stringify(asked);
    if (key === this.#key) return;
    const { id, at, logs, attempt } = this.#asked ?? {};
    const isSame = id === asked.id && at === asked.at && logs === asked.logs && attempt === asked.attempt;
    this.#end();
    if (!isSame) this.#forget();
    this.#over = new AbortController();
    this.#ask = ask;
    this.#asked = asked;
    this.#key = key;
    this.#lateLooks = 0;
    void this.#look();
  }

  line(at: number): Line | undefined {
    return this.#blocks.get(Math.floor(at / BLOCK_LINES))?.[at % BLOCK_LINES];
  }

  /** Lines of it are there, and none that was asked for is missing. */
  get isShown(): boolean {
    return this.#blocks.size > 0 && this.#asking.size === 0;
  }

  /** Has the lines fetched that are not there yet. */
  need(lines: readonly number[]): void {
    for (const block of new Set(lines.map((line) => Math.floor(line / BLOCK_LINES))))
      if (!this.#blocks.has(block) && !this.#asking.has(block)) void this.#fetch(block);
  }

  #end(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
  }

  #forget(): void {
    this.opened = undefined;
    this.failure = null;
    this.#blocks = new Map();
    this.#asking = new Set();
  }

  async #look(): Promise<void> {
    const { signal } = this.#over;
    if (!this.#ask || !this.#asked) return;
    try {
      const opened = await this.#ask.ask('log-open', this.#asked, signal);
      if (signal.aborted) return;
      this.#take(opened);
      this.failure = null;
    } catch (error) {
      if (signal.aborted) return;
      this.failure = (error as { failure?: Failure }).failure ?? null;
    }
    this.#host.requestUpdate();
    this.#lookLater();
  }

  #take(opened: LogOpened | null): void {
    const before = this.opened;
    this.opened = opened;
    if (!opened || !before) return;
    if (before.attempt !== opened.attempt) this.#blocks = new Map();
    else if (before.isWhole !== opened.isWhole) {
      this.#blocks = new Map();
      this.onShift(opened.lines - before.lines);
    } else if (before.lines !== opened.lines || before.bytes !== opened.bytes) {
      // Its last line may have gone on.
      const last = Math.floor(Math.max(0, before.lines - 1) / BLOCK_LINES);
      for (const block of this.#blocks.keys()) if (block >= last) this.#blocks.delete(block);
    }
  }

  #lookLater(): void {
    const isLate = !this.isRunning && this.#lateLooks >= LATE_LOOKS;
    if (this.opened?.isOver || isLate || this.isOld) return;
    if (!this.isRunning) this.#lateLooks++;
    const everyMs = this.isLocal ? LOOK_EVERY_MS.local : LOOK_EVERY_MS.remote;
    this.#timer = setTimeout(() => {
      if (document.visibilityState === 'visible') void this.#look();
      else this.#lookLater();
    }, everyMs);
  }

  async #fetch(block: number): Promise<void> {
    const { signal } = this.#over;
    const blocks = this.#blocks;
    const opened = this.opened;
    if (!this.#ask || !this.#asked) return;
    this.#asking.add(block);
    try {
      const wanted = { log: this.#asked, first: block * BLOCK_LINES, count: BLOCK_LINES };
      const lines = await this.#ask.ask('log-lines', wanted, signal);
      // Of a log that has grown meanwhile they may lack their end.
      if (this.#blocks === blocks && this.opened === opened) blocks.set(block, lines);
    } catch (error) {
      if (!signal.aborted) this.failure = (error as { failure?: Failure }).failure ?? null;
    }
    this.#asking.delete(block);
    if (!signal.aborted) this.#host.requestUpdate();
  }
}
