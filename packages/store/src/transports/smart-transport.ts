/**
 * Git's smart protocol as a Transport, over any channel. Reading is protocol 2; pushing is one request without
 * asking for the refs first, because the store knows what it expects. Knows neither HTTP nor processes.
 */
import { NO_OID, type Oid } from '../codec/oid.ts';
import { readPack } from '../codec/pack-reader.ts';
import { writePack } from '../codec/pack-writer.ts';
import { FLUSH, notGit, pktLine } from '../codec/pkt-line.ts';
import { checkRefName } from '../codec/ref-name.ts';
import { readReport } from '../codec/report-status.ts';
import { StoreError } from '../errors.ts';
import { type Capabilities, readCapabilities } from './capabilities.ts';
import type { Channel } from './channel.ts';
import {
  type FetchMessage,
  type FetchReply,
  fetchMessage,
  listRefsMessage,
  readFetchReply,
  readRefList,
} from './fetch-messages.ts';
import type { FetchedRef, FetchRequest, PushOutcome, PushRequest, Transport } from './transport.ts';

const PUSH_CAPABILITIES = 'report-status side-band-64k object-format=sha1 agent=gityard';

export function smartTransport(channel: Channel): Transport {
  return new SmartTransport(channel);
}

class SmartTransport implements Transport {
  readonly #channel: Channel;
  #capabilities: Promise<Capabilities> | undefined;

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
    const refs = readRefList(await this.#ask(listRefsMessage(prefixes, await this.#offered()), signal));
    // A server may answer with more than was asked for.
    return new Map([...refs].filter(([ref]) => prefixes.some((prefix) => ref.startsWith(prefix))));
  }

  async fetchRef(request: FetchRequest): Promise<FetchedRef> {
    checkRefName(request.ref);
    const { wantRef } = await this.#offered();
    return (wantRef ? await this.#fetchByName(request) : undefined) ?? this.#fetchByOid(request);
  }

  async push({ updates, objects, signal }: PushRequest): Promise<PushOutcome> {
    // Also a ref that only names what is there comes with a pack, an empty one; refs that go come without.
    const pack = updates.some((it) => it.next !== null) ? [writePack(objects)] : [];
    const body = Buffer.concat([pushHead(updates), ...pack]);
    const reply = await this.#channel.request({ service: 'git-receive-pack', body, signal }).catch(orUnclear);
    if ('kind' in reply) return reply;

    // After the request was sent only a whole report is an answer. A portal's page or half a line may hide a success.
    try {
      return {
        kind: 'answered',
        refs: readReport(
          reply,
          updates.map((it) => it.ref),
        ),
      };
    } catch (cause) {
      return { kind: 'unclear', cause: cause as Error };
    }
  }

  async close(): Promise<void> {
    await this.#channel.close();
  }

  /** One request. Undefined when the server refuses the name; the reason is told better by listing. */
  async #fetchByName(request: FetchRequest): Promise<FetchedRef | undefined> {
    const reply = await this.#fetch(request, { ref: request.ref });
    const head = reply.refs.get(request.ref);
    if (head === undefined) return undefined;
    return this.#fetched(head, reply, request);
  }

  async #fetchByOid(request: FetchRequest): Promise<FetchedRef> {
    const refs = await this.readRefs([request.ref], request.signal);
    const head = refs.get(request.ref) ?? null;
    if (head === null || request.have.includes(head)) return { head, objects: [] };

    const reply = await this.#fetch(request, { oid: head });
    return this.#fetched(head, reply, request);
  }

  async #fetched(head: Oid, reply: FetchReply, request: FetchRequest): Promise<FetchedRef> {
    const objects = await this.#objects(head, reply, request);
    return request.whole ? { head, objects, pack: reply.pack } : { head, objects };
  }

  async #objects(head: Oid, reply: FetchReply, request: FetchRequest): Promise<FetchedRef['objects']> {
    if (reply.refusal !== undefined) throw notGit(`${this.name} gave up: ${reply.refusal}`);
    if (request.have.includes(head)) return [];

    const { objects, missingBases } = await readPack(reply.pack, { lookup: request.lookup });
    if (missingBases.length === 0) return objects;

    // The server wrote a file as the difference to one that it had kept from us for its size. Ask for whole files.
    const { lookup: _, ...whole } = request;
    const again = await this.#fetch(whole, { oid: head });
    if (again.refusal !== undefined) throw notGit(`${this.name} gave up: ${again.refusal}`);
    return (await readPack(again.pack)).objects;
  }

  async #fetch({ have, depth, lookup, whole, signal }: FetchRequest, want: FetchMessage['want']): Promise<FetchReply> {
    const message = fetchMessage({ want, have, depth, thin: lookup !== undefined, whole }, await this.#offered());
    return readFetchReply(await this.#ask(message, signal));
  }

  #ask(body: Uint8Array, signal: AbortSignal | undefined): Promise<Uint8Array> {
    return this.#channel.request({ service: 'git-upload-pack', body, signal });
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

/** The old value that we name is what makes the push a compare-and-swap. */
function pushHead(updates: PushRequest['updates']): Uint8Array {
  const lines = updates.map(({ ref, expected, next }, index) => {
    const text = `${expected ?? NO_OID} ${next ?? NO_OID} ${checkRefName(ref)}`;
    return pktLine(index === 0 ? `${text}\0 ${PUSH_CAPABILITIES}` : text);
  });
  return Buffer.concat([...lines, FLUSH]);
}

/** What was never sent has changed nothing, and is the caller's to hear. */
function orUnclear(error: unknown): PushOutcome {
  if (error instanceof StoreError && error.mayHaveLanded) return { kind: 'unclear', cause: error };
  throw error;
}
