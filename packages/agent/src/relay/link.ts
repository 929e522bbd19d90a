/**
 * An agent's way to the relay of its site: questions go there as long as it answers, and what it did not answer is done by
 * oneself, under the same number, so that it has one effect whatever the relay did with it. Elects nobody.
 */
import assert from 'node:assert/strict';
import type { Asker, Operation, Outcome, Yard } from '@gityard/yard';
import { backOffMs, monotonicMs } from '../pause.ts';
import { type Answer, MOST_OPERATIONS, type Question } from './messages.ts';

/** Rejects when there is no answer that can be trusted, in good time. */
export type Ask = (url: string, question: Question, signal?: AbortSignal) => Promise<Answer>;

export interface LinkOptions {
  readonly ask: Ask;
  readonly from: Pick<Asker, 'actor' | 'boot'>;
  /** Told when the relay does not answer. */
  readonly onTrouble?: (text: string) => void;
  /** Of a simulation. */
  readonly ports?: LinkPorts;
}

interface LinkPorts {
  monotonicMs(): number;
  random(): number;
}

interface Wish {
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  resolve(outcome: Outcome<unknown>): void;
  reject(error: unknown): void;
}

type Outcomes = Awaited<ReturnType<Yard['performFor']>>;

interface Heard {
  /** It may do it yet. */
  readonly wasAsked: boolean;
  readonly outcomes?: Outcomes;
}

interface BySelf extends Pick<Heard, 'wasAsked'>, Pick<NumberedWish, 'from' | 'operations'> {
  readonly yard: Yard;
}

interface NumberedWish {
  readonly from: Asker;
  readonly operations: readonly Operation[];
  readonly signal: AbortSignal | undefined;
}

const SYSTEM: LinkPorts = { monotonicMs, random: Math.random };

export class RelayLink {
  private readonly options: LinkOptions;
  private readonly ports: LinkPorts;
  private url: string | undefined;
  private failures = 0;
  private restUntilMs = 0;
  private request = 0;
  private wishes: Wish[] = [];
  private sending = false;

  constructor(options: LinkOptions) {
    this.options = options;
    this.ports = options.ports ?? SYSTEM;
  }

  /** Where the relay is, by what the yard says now. */
  use(url: string | undefined): void {
    if (url === this.url) return;
    this.url = url;
    this.failures = 0;
    this.restUntilMs = 0;
  }

  get isUp(): boolean {
    return this.url !== undefined && this.ports.monotonicMs() >= this.restUntilMs;
  }

  /** False: it has to be done by oneself. */
  async beat(question: Extract<Question, { kind: 'beat' }>, signal?: AbortSignal): Promise<boolean> {
    return this.isUp && (await this.askFor(question, signal))?.kind === 'landed';
  }

  /** One batch after the other: what comes while one is under way goes with the next. */
  perform(yard: Yard, operation: Operation, signal?: AbortSignal): Promise<Outcome<unknown>> {
    const outcome = new Promise<Outcome<unknown>>((resolve, reject) => {
      this.wishes.push({ operation, signal, resolve, reject });
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    if (!this.sending) void this.sendAll(yard);
    return outcome;
  }

  /** What bears a number already: a spool asks for the same again until it is answered. */
  async performFor(yard: Yard, { from, operations, signal }: NumberedWish): ReturnType<Yard['performFor']> {
    const { wasAsked, outcomes } = await this.throughRelay(from, operations);
    if (outcomes) {
      await seeState(yard);
      return outcomes;
    }
    const own = await yard.performFor(from, operations, signal && { signal });
    // To a spool that asks for the first time, it would mean that a stranger uses its numbers.
    if (own === 'applied-before' && wasAsked) throw new AnswerLost();
    return own;
  }

  private async sendAll(yard: Yard): Promise<void> {
    this.sending = true;
    // Operations that are asked for together travel together.
    await Promise.resolve();
    while (this.wishes.length > 0) {
      const wishes = this.wishes.splice(0, MOST_OPERATIONS).filter((it) => !it.signal?.aborted);
      if (wishes.length > 0) await this.send(yard, wishes);
    }
    this.sending = false;
  }

  private async send(yard: Yard, wishes: readonly Wish[]): Promise<void> {
    this.request += 1;
    const from = { ...this.options.from, request: this.request };
    const operations = wishes.map((it) => it.operation);
    try {
      const { wasAsked, outcomes: theirs } = await this.throughRelay(from, operations);
      const outcomes = theirs ?? (await bySelf({ yard, wasAsked, from, operations }));
      if (theirs) await seeState(yard);
      if (outcomes === 'applied-before') throw new AnswerLost();
      wishes.forEach((wish, at) => {
        const outcome = outcomes[at];
        assert(outcome, 'each operation is answered');
        wish.resolve(outcome);
      });
    } catch (error) {
      for (const wish of wishes) wish.reject(error);
    }
  }

  private async throughRelay(from: Asker, operations: readonly Operation[]): Promise<Heard> {
    if (!this.isUp) return { wasAsked: false };
    const answer = await this.askFor({ kind: 'perform', from, operations });
    if (answer?.kind === 'outcomes') return { wasAsked: true, outcomes: answer.outcomes };
    return answer?.kind === 'applied-before' ? { wasAsked: true, outcomes: answer.kind } : { wasAsked: true };
  }

  private async askFor(question: Question, signal?: AbortSignal): Promise<Answer | undefined> {
    const { url, ports } = this;
    if (url === undefined) return undefined;
    try {
      const answer = await this.options.ask(url, question, signal);
      if (answer.kind === 'failed') throw new Error(`the relay could not do it: ${answer.reason}`);
      this.failures = 0;
      return answer;
    } catch (error) {
      if (signal?.aborted) throw error;
      this.failures += 1;
      this.restUntilMs = ports.monotonicMs() + backOffMs(this.failures, { random: ports.random });
      this.options.onTrouble?.(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }
}

/** What a relay that was asked in vain does later fits no answer of ours but that nobody knows, unless ours bears the number. */
async function bySelf({ yard, wasAsked, from, operations }: BySelf): Promise<Outcomes> {
  if (!wasAsked) return yard.performFor(from, operations);
  const outcomes = await yard.performFor(from, operations).catch((error: unknown) => {
    throw new AnswerLost(error);
  });
  const isNoted = outcomes === 'applied-before' || outcomes.some((it) => it.ok && it.commit !== null);
  if (!isNoted) throw new AnswerLost();
  return outcomes;
}

/** Whoever acts on an answer, and be it a no, must see the state that it speaks of. */
async function seeState(yard: Yard): Promise<void> {
  await yard.refresh().catch((error: unknown) => {
    throw new AnswerLost(error);
  });
}

/** To the caller no more and no less than a push whose answer was lost: what was asked for shows in the state. */
class AnswerLost extends Error {
  readonly code: string;
  readonly mayHaveLanded = true;

  constructor(cause?: unknown) {
    super('the relay was asked for it, and its answer was lost', cause === undefined ? undefined : { cause });
    this.name = 'AnswerLost';
    this.code = String((cause as { code?: unknown } | undefined)?.code ?? 'TIMEOUT');
  }
}
