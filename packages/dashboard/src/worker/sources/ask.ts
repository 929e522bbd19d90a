/** One request, read to its end. What cannot be asked becomes a failure here; what the answer means is for the caller. */
import { SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

export interface Asked {
  readonly url: URL;
  readonly init: RequestInit & { readonly signal: AbortSignal };
  /** For people: who is asked, and for what. */
  readonly host: string;
  readonly what: string;
  /** Said when the host cannot be reached, where there is more to say than that. */
  readonly unreachable?: string;
  /** What the answer took of the host's budget; 0 where there is none. */
  readonly costOf?: (status: number) => number;
}

/** Throws SourceFailure; the signal's reason when nobody waits any more. */
export async function ask({ fetch, now, heard }: Wiring, asked: Asked): Promise<Answer> {
  const { url, init, what, costOf = () => 0 } = asked;
  const at = now();
  const told = (status: number) => heard({ at, what, ms: now() - at, status, cost: costOf(status) });
  try {
    const response = await fetch(url, { credentials: 'omit', ...init });
    const bytes = new Uint8Array(await response.arrayBuffer());
    told(response.status);
    if (response.url !== '' && new URL(response.url).origin !== url.origin)
      throw new SourceFailure({ kind: 'invalid', reason: `${asked.host} sends on to another host` });
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    if (error instanceof SourceFailure) throw error;
    const { reason } = init.signal;
    if (init.signal.aborted && reason?.name !== 'TimeoutError') throw reason;
    told(0);
    throw unreachable(asked);
  }
}

function unreachable({ host, init, unreachable: words }: Asked): SourceFailure {
  if (init.signal.aborted) return new SourceFailure({ kind: 'unavailable', reason: `${host} did not answer in time` });
  if (globalThis.navigator?.onLine === false)
    return new SourceFailure({ kind: 'offline', reason: 'this machine has no network' });
  return new SourceFailure({ kind: 'unavailable', reason: words ?? `${host} cannot be reached` });
}

export const textOf = ({ bytes }: Answer): string => new TextDecoder().decode(bytes);

/** Throws SourceFailure `invalid`. */
export function jsonOf(answer: Answer, host: string): unknown {
  try {
    return JSON.parse(textOf(answer));
  } catch {
    throw unreadable(host);
  }
}

export const unreadable = (host: string): SourceFailure =>
  new SourceFailure({ kind: 'invalid', reason: `${host} answered with what cannot be read` });

/** The host's own words for a no, cut to a line. */
export function wordsOf(answer: Answer): string {
  try {
    const { message } = JSON.parse(textOf(answer)) as { message?: unknown };
    if (typeof message === 'string') return (message.split('\n', 1)[0] ?? '').slice(0, 200);
  } catch {
    // Not every answer is JSON: what stands before a host has pages of its own.
  }
  return 'it does not say why';
}
