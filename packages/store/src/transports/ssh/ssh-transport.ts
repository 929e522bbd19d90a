/**
 * A repository behind the system's ssh: one process for each operation, which hears what the server is before it says
 * anything. Reads in protocol 2 where the server takes the wish for it, in the first one elsewhere.
 */
import type { Oid } from '../../codec/oid.ts';
import { FLUSH } from '../../codec/pkt-line.ts';
import { checkRefName } from '../../codec/ref-name.ts';
import { readCapabilities, speaksTwo } from '../capabilities.ts';
import type { Service } from '../channel.ts';
import { protocolTwo } from '../protocol-two.ts';
import { protocolZero } from '../protocol-zero.ts';
import { orUnclear, pushMessage, readOutcome } from '../push-messages.ts';
import type { Reading } from '../reading.ts';
import type { FetchedRef, FetchRequest, PushOutcome, PushRequest, Transport } from '../transport.ts';
import { readSshAddress, type SshAddress } from './address.ts';
import { type SshOptions, sshArguments, sshProgram } from './command.ts';
import { type Line, onLine } from './line.ts';

export interface SshTransportOptions extends SshOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** For a whole operation. */
  readonly totalMs?: number;
}

export function sshTransport(address: string, options: SshTransportOptions = {}): Transport {
  return new SshTransport(readSshAddress(address), options);
}

class SshTransport implements Transport {
  readonly name: string;
  readonly #address: SshAddress;
  readonly #options: SshTransportOptions;
  #program: Promise<readonly string[]> | undefined;

  constructor(address: SshAddress, options: SshTransportOptions) {
    this.name = address.name;
    this.#address = address;
    this.#options = options;
  }

  readRefs(prefixes: readonly string[], signal?: AbortSignal): Promise<Map<string, Oid>> {
    return this.#read(signal, (reading) => reading.readRefs(prefixes));
  }

  async fetchRef(request: FetchRequest): Promise<FetchedRef> {
    checkRefName(request.ref);
    return this.#read(request.signal, (reading) => reading.fetchRef(request));
  }

  async push(request: PushRequest): Promise<PushOutcome> {
    const body = pushMessage(request);
    const sent = this.#call('git-receive-pack', request.signal, async (line) => {
      await line.section();
      line.say(body);
      return line.rest();
    });
    const reply = await sent.catch(orUnclear);
    return 'kind' in reply ? reply : readOutcome(reply, request);
  }

  async close(): Promise<void> {
    // Each process has ended with its operation.
  }

  #read<T>(signal: AbortSignal | undefined, act: (reading: Reading) => Promise<T>): Promise<T> {
    return this.#call('git-upload-pack', signal, async (line) => {
      const result = await act(readingOn(line, await line.section(), this.name));
      line.say(FLUSH);
      return result;
    });
  }

  async #call<T>(service: Service, signal: AbortSignal | undefined, talk: (line: Line) => Promise<T>): Promise<T> {
    const { env = process.env, totalMs = 120_000 } = this.#options;
    signal?.throwIfAborted();
    this.#program ??= sshProgram(env);
    const command = [...(await this.#program), ...sshArguments(this.#address, service, this.#options)];
    return onLine({ name: this.name, service, command, env, timeoutMs: totalMs, signal }, talk);
  }
}

function readingOn(line: Line, advertisement: Uint8Array, name: string): Reading {
  const ask = (hear: () => Promise<Uint8Array>) => (body: Uint8Array) => {
    line.say(body);
    return hear();
  };
  if (!speaksTwo(advertisement)) return protocolZero({ name, advertisement, ask: ask(() => line.rest()) });
  // Asked by name for a ref that is not there, a server hangs up. On an open line a list of refs is cheap.
  const capabilities = { ...readCapabilities(advertisement, name), wantRef: false };
  return protocolTwo({ name, capabilities, ask: ask(() => line.section()) });
}
