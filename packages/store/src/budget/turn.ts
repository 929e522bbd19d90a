/**
 * One push, shared by all stores of a yard that have something to say when it goes: each brings its ref, and gets the answer
 * for it. Whoever asked for the turn is the host; guests who are late are left behind, and a guest's bad luck is its own.
 */
import type { Ports } from '../ports.ts';
import type { PushOutcome, PushRequest } from '../transports/transport.ts';

export type Send = (request: PushRequest) => Promise<PushOutcome>;

/** The urgency of what shares the push of others or waits: it is never worth a push of its own. */
export const RIDES = Number.POSITIVE_INFINITY;

/** The urgency of what cannot wait for any budget: a build would be lost for the sake of one push. */
export const AT_ONCE = -1;

export interface PushParty {
  /** Lower goes first; asked again whenever somebody can go. */
  urgency(): number;
}

export interface TurnOptions {
  readonly host: PushParty;
  readonly guests: readonly PushParty[];
  readonly ports: Pick<Ports, 'sleep'>;
  /** It goes now. */
  readonly sent: () => void;
  /** Another push than the one that was granted: when a guest spoilt it. */
  readonly spendAgain: () => void;
  /** Nobody had anything to send. */
  readonly unused: () => void;
}

interface Arrival {
  readonly request: PushRequest;
  readonly send: Send;
  readonly resolve: (outcome: PushOutcome | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** The host waits so long for guests who are still looking at their refs. */
const PATIENCE_MS = 2_000;

export class Turn {
  readonly #options: TurnOptions;
  #expected: Set<PushParty>;
  readonly #arrived = new Map<PushParty, Arrival>();
  #spent = false;
  #patience: AbortController | undefined;

  constructor(options: TurnOptions) {
    this.#options = options;
    this.#expected = new Set([options.host, ...options.guests]);
  }

  /** Undefined: too late, it went without this one. Rejects when nothing was changed; then it may be tried again. */
  push(party: PushParty, request: PushRequest, send: Send): Promise<PushOutcome | undefined> {
    if (!this.#expected.has(party)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      this.#arrived.set(party, { request, send, resolve, reject });
      this.#goIfReady();
    });
  }

  leave(party: PushParty): void {
    if (!this.#expected.delete(party)) return;
    if (party === this.#options.host) this.#sendRidersBack();
    if (this.#expected.size === 0 && !this.#spent) this.#options.unused();
    else this.#goIfReady();
  }

  #goIfReady(): void {
    if (this.#arrived.size === 0) return;
    if (this.#arrived.size === this.#expected.size) return void this.#go();
    const { host, ports } = this.#options;
    const hostWaits = this.#arrived.has(host) || !this.#expected.has(host);
    if (!hostWaits || this.#patience) return;
    this.#patience = new AbortController();
    const over = () => void this.#go();
    void ports.sleep(PATIENCE_MS, this.#patience.signal).then(over, () => undefined);
  }

  #sendRidersBack(): void {
    for (const rider of [...this.#expected].filter((it) => it.urgency() === RIDES)) {
      this.#expected.delete(rider);
      this.#arrived.get(rider)?.resolve(undefined);
      this.#arrived.delete(rider);
    }
  }

  async #go(): Promise<void> {
    this.#patience?.abort();
    this.#patience = undefined;
    const arrivals = new Map(this.#arrived);
    this.#arrived.clear();
    this.#expected = new Set(arrivals.keys());
    const [first] = arrivals.values();
    const host = arrivals.get(this.#options.host) ?? first;
    if (!host) return;
    this.#options.sent();
    try {
      const guests = [...arrivals.values()].filter((it) => it !== host);
      const outcome = await host.send(together(host, guests));
      this.#spent = true;
      this.#expected.clear();
      for (const guest of guests) guest.resolve(outcome);
      host.resolve(guests.length > 0 && isRefused(host, outcome) ? await this.#alone(host) : outcome);
    } catch (error) {
      for (const arrival of arrivals.values()) arrival.reject(error);
    }
  }

  /** A hook turns the whole push away, perhaps for the sake of one ref. */
  #alone(host: Arrival): Promise<PushOutcome> {
    this.#options.spendAgain();
    return host.send(host.request);
  }
}

/** The host's signal alone counts: a guest's end is no reason to stop what others wait for. */
function together({ request }: Arrival, guests: readonly Arrival[]): PushRequest {
  if (guests.length === 0) return request;
  const requests = [request, ...guests.map((it) => it.request)];
  const objects = new Map(requests.flatMap((it) => it.objects.map((object) => [object.oid, object])));
  const updates = requests.flatMap((it) => it.updates);
  return { updates, objects: [...objects.values()], signal: request.signal };
}

function isRefused({ request }: Arrival, outcome: PushOutcome): boolean {
  if (outcome.kind === 'unclear') return false;
  return request.updates.some(({ ref }) => {
    const answer = outcome.refs.get(ref);
    return answer?.ok === false && answer.sort === 'refused';
  });
}
