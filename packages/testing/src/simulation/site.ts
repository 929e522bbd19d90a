/**
 * The local network between a relay and those it works for. Questions and answers travel as text; the relay may be gone, stopped
 * or die over a question, and then whoever asked hears nothing until its patience ends. The link and the desk at its ends are
 * the product's own.
 */
import type { Desk } from '@gityard/agent/relay/desk';
import type { Ask } from '@gityard/agent/relay/link';
import type { Timeline } from '@gityard/demo';
import type { Life } from './life.ts';
import type { Swarm } from './swarm.ts';

type Question = Parameters<Ask>[1];
type Answer = Awaited<ReturnType<Ask>>;

interface OpenDesk {
  readonly life: Life;
  readonly desk: Desk;
}

const ON_THE_WAY_MS = 2;
/** As the link's own. */
const PATIENCE_MS = 40_000;

export class Site {
  readonly #timeline: Timeline;
  readonly #swarm: Swarm;
  #relay: OpenDesk | undefined;

  constructor(timeline: Timeline, swarm: Swarm) {
    this.#timeline = timeline;
    this.#swarm = swarm;
  }

  opens(relay: OpenDesk): void {
    this.#relay = relay;
  }

  askedBy(life: Life): Ask {
    return async (_url, question, signal) => {
      await life.step('before ask');
      signal?.throwIfAborted();
      const answer = await life.hears(this.#inTime(question));
      await life.step('after ask');
      return answer;
    };
  }

  #inTime(question: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#timeline.alarm(PATIENCE_MS, () => reject(new Error('the relay does not answer')));
      this.#carry(question).then((answer) => answer && resolve(answer), reject);
    });
  }

  /** Undefined, or never: not a word comes back. */
  async #carry(question: Question): Promise<Answer | undefined> {
    await this.#timeline.sleep(ON_THE_WAY_MS);
    const relay = this.#relay;
    if (!relay?.life.isAlive) throw new Error('nobody listens there');
    if (this.#swarm.strikes('drops')) return undefined;
    this.#swarm.count('relay');
    const answer = await relay.life.hears(Promise.resolve()).then(() => relay.desk.answer(asText(question)));
    await relay.life.step('before answer');
    await this.#timeline.sleep(ON_THE_WAY_MS);
    return this.#swarm.strikes('lost-replies') ? undefined : asText(answer);
  }
}

const asText = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
