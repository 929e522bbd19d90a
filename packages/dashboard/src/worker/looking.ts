/**
 * Keeps the newest snapshot: follows the source where it tells by itself, else looks again and again. Whatever fails
 * changes the connection alone; the last snapshot stays.
 */
import type { ReadModel } from '@gityard/domain';
import { visibleText } from '../text/visible-text.ts';
import { failureOf } from './answer.ts';
import type { Connection, Told } from './protocol.ts';
import type { Source } from './sources/source.ts';

const LOOK_EVERY_MS = 20_000;

export class Looking {
  readonly source: Source;
  model: ReadModel | undefined;
  readonly #tell: (told: Told) => void;
  #connection: Connection;
  #tag: string | null = null;
  #rewritten = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(source: Source, tell: (told: Told) => void) {
    this.source = source;
    this.#tell = tell;
    this.#connection = {
      state: 'connecting',
      failure: null,
      source: { kind: source.kind, address: source.address, isLocal: source.isLocal },
      commands: source.commands(),
      hasToken: false,
      budget: null,
      skewMs: 0,
      lookedAt: null,
      nextLookAt: null,
      requests: [],
    };
  }

  get skewMs(): number {
    return this.#connection.skewMs;
  }

  begin(): void {
    this.#is({});
    if (!this.source.follow) this.now();
    this.source.follow?.((event) => {
      if (event.kind === 'snapshot') this.#take(event.model);
      else
        this.#is({
          state: event.state,
          skewMs: event.skewMs,
          failure: event.reason === null ? null : { kind: 'unavailable', reason: event.reason },
        });
    });
  }

  now(): void {
    clearTimeout(this.#timer);
    void this.#look().then(() => {
      this.#timer = setTimeout(() => this.now(), LOOK_EVERY_MS);
      this.#is({ nextLookAt: Date.now() + LOOK_EVERY_MS });
    });
  }

  async useToken(token: string | null): Promise<void> {
    try {
      if (token !== null) await this.source.checkToken(token, AbortSignal.timeout(30_000));
    } catch (error) {
      return this.#is({ failure: failureOf(error) });
    }
    this.source.useToken(token);
    this.#is({ hasToken: token !== null, commands: this.source.commands() });
    if (!this.source.follow) this.now();
  }

  async #look(): Promise<void> {
    try {
      const look = await this.source.look(this.#tag, AbortSignal.timeout(30_000));
      if (look.kind === 'snapshot') {
        this.#tag = look.tag;
        this.#take(look.model);
      }
      this.#is({ state: 'live', failure: null, budget: look.budget, lookedAt: Date.now() });
    } catch (error) {
      const failure = failureOf(error);
      this.#is({ state: failure.kind === 'rate-limited' ? 'limited' : 'offline', failure });
    }
  }

  #take(model: ReadModel): void {
    this.#rewritten ||= this.model !== undefined && model.sequence < this.model.sequence;
    this.model = visibleText(model);
    this.#tell({ kind: 'snapshot', model: this.model, isRemembered: false, rewritten: this.#rewritten });
  }

  #is(change: Partial<Connection>): void {
    this.#connection = { ...this.#connection, ...change };
    this.#tell({ kind: 'connection', connection: this.#connection });
  }
}
