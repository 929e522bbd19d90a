/**
 * What a relay does with what it is asked for: operations are performed under the name of who asked, beats are gathered for a
 * while and stand in one commit. A question that comes again gets the same answer, and one from the past changes nothing.
 */
import type { Heartbeat } from '@gityard/domain';
import type { Asker, Yard } from '@gityard/yard';
import type { Answer, Question } from './messages.ts';

export interface DeskOptions {
  readonly yard: Pick<Yard, 'performFor' | 'live'>;
  /** Beats that come until this resolves share a push. */
  readonly gather: () => Promise<void>;
  /** Puts heartbeats and a read model on the live ref. */
  readonly publish: (heartbeats: readonly Heartbeat[]) => Promise<void>;
}

interface Served extends Asker {
  readonly answer: Promise<Answer>;
}

export class Desk {
  private readonly options: DeskOptions;
  private readonly served = new Map<string, Served>();
  private readonly heard = new Set<string>();
  private gathering: { heartbeats: Heartbeat[]; landed: Promise<void> } | undefined;

  constructor(options: DeskOptions) {
    this.options = options;
  }

  /** How many agents it works for. */
  get members(): number {
    return this.heard.size;
  }

  get waitingBeats(): number {
    return this.gathering?.heartbeats.length ?? 0;
  }

  async answer(question: Question): Promise<Answer> {
    const about = question.kind === 'beat' ? question.heartbeat.agent : question.from.actor;
    this.heard.add(about);
    try {
      return await (question.kind === 'beat' ? this.beat(question.heartbeat) : this.perform(question));
    } catch (error) {
      return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  private perform({ from, operations }: Extract<Question, { kind: 'perform' }>): Promise<Answer> {
    const last = this.served.get(from.actor);
    if (last?.boot === from.boot && last.request >= from.request)
      return last.request === from.request ? last.answer : Promise.resolve({ kind: 'applied-before' });
    const answer = this.options.yard
      .performFor(from, operations)
      .then((it): Answer => (it === 'applied-before' ? { kind: it } : { kind: 'outcomes', outcomes: it }));
    const served = { ...from, answer };
    this.served.set(from.actor, served);
    // What failed may be asked for again under its number: then it is tried anew.
    answer.catch(() => this.served.get(from.actor) === served && this.served.delete(from.actor));
    return answer;
  }

  private async beat(heartbeat: Heartbeat): Promise<Answer> {
    const known = this.options.yard.live.heartbeats().get(heartbeat.agent);
    const isOld = known?.boot === heartbeat.boot && known.beat >= heartbeat.beat;
    if (!isOld) await this.gather(heartbeat);
    return { kind: 'landed' };
  }

  private gather(heartbeat: Heartbeat): Promise<void> {
    if (!this.gathering) {
      const heartbeats: Heartbeat[] = [];
      this.gathering = { heartbeats, landed: this.publishLater(heartbeats) };
    }
    this.gathering.heartbeats.push(heartbeat);
    return this.gathering.landed;
  }

  private async publishLater(heartbeats: readonly Heartbeat[]): Promise<void> {
    await this.options.gather();
    this.gathering = undefined;
    await this.options.publish(heartbeats);
  }
}

const OWN_SERVER_MS = 250;
/** Of the pushes that a budget allows, so many are left to operations. */
const SHARE_OF_BEATS = 2 / 3;

/** `perMinute`: null where pushes are not counted. */
export const gatherMsFor = (perMinute: number | null): number =>
  perMinute === null ? OWN_SERVER_MS : 60_000 / Math.max(1, perMinute * SHARE_OF_BEATS);
