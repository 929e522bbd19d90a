/**
 * Git's smart protocol as a Transport, over a channel that remembers nothing between two questions. Reading is protocol 2;
 * pushing is one request without asking for the refs first, because the store knows what it expects. Knows no HTTP.
 */
import type { Oid } from '../codec/oid.ts';
import { checkRefName } from '../codec/ref-name.ts';
import { type Capabilities, readCapabilities } from './capabilities.ts';
import { type Channel, Unannounced } from './channel.ts';
import { protocolTwo } from './protocol-two.ts';
import { orUnclear, overtaken, pushMessage, readOutcome } from './push-messages.ts';
import type { Reading } from './reading.ts';
import type { FetchedRef, FetchRequest, PushOutcome, PushRequest, Transport } from './transport.ts';

export function smartTransport(channel: Channel): Transport {
  return new SmartTransport(channel);
}

class SmartTransport implements Transport {
  readonly #channel: Channel;
  #capabilities: Promise<Capabilities> | undefined;
  /** Learned from a host that takes no push which was not announced. */
  #announces = false;

  constructor(channel: Channel) {
    this.#channel = channel;
  }

  get name(): string {
    return this.#channel.name;
  }

  get aheadMs(): number | undefined {
    return this.#channel.clock?.aheadMs;
  }

  async readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>> {
    return (await this.#reading(signal)).readRefs(prefixes);
  }

  async fetchRef(request: FetchRequest): Promise<FetchedRef> {
    checkRefName(request.ref);
    return (await this.#reading(request.signal)).fetchRef(request);
  }

  async push(request: PushRequest): Promise<PushOutcome> {
    const body = pushMessage(request);
    if (this.#announces) return this.#announceAndSend(body, request);
    try {
      return await this.#send(body, request);
    } catch (error) {
      if (!(error instanceof Unannounced)) throw error;
      // Some hosts want to be asked what they can do before each push. They refuse one request to tell us, once.
      const outcome = await this.#announceAndSend(body, request);
      this.#announces = true;
      return outcome;
    }
  }

  async close(): Promise<void> {
    await this.#channel.close();
  }

  async #announceAndSend(body: Uint8Array, request: PushRequest): Promise<PushOutcome> {
    const advertisement = await this.#channel.advertise('git-receive-pack', request.signal);
    return overtaken(advertisement, request) ?? this.#send(body, request);
  }

  async #send(body: Uint8Array, request: PushRequest): Promise<PushOutcome> {
    const question = { service: 'git-receive-pack', body, signal: request.signal } as const;
    const reply = await this.#channel.request(question).catch(orUnclear);
    return 'kind' in reply ? reply : readOutcome(reply, request);
  }

  async #reading(signal: AbortSignal | undefined): Promise<Reading> {
    const capabilities = await this.#offered();
    const ask = (body: Uint8Array) => this.#channel.request({ service: 'git-upload-pack', body, signal });
    return protocolTwo({ name: this.name, capabilities, ask });
  }

  /** Asked once, at the first need. A failure is not remembered. */
  #offered(): Promise<Capabilities> {
    this.#capabilities ??= this.#channel
      .advertise('git-upload-pack')
      .then((advertisement) => readCapabilities(advertisement, this.name))
      .catch((error: unknown) => {
        this.#capabilities = undefined;
        throw error;
      });
    return this.#capabilities;
  }
}
