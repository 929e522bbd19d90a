/**
 * A file from an https server, on the way that Git's own requests take: the same proxies, the same authorities. What it holds, and
 * whether it is what was meant, whoever asked has to judge.
 */
import { StoreError } from './errors.ts';
import { type OutsideRequest, requestOutside } from './request-outside.ts';
import type { HttpReply } from './transports/http-request.ts';

export type DownloadOptions = Pick<OutsideRequest, 'mostBytes' | 'env' | 'signal' | 'connectMs' | 'idleMs'>;

const MOST_MOVES = 5;

/** Throws StoreError. */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array> {
  let target = addressed(address);
  for (let moves = 0; moves <= MOST_MOVES; moves += 1) {
    const reply = await requestOutside(target, { ...options, headers: { Accept: '*/*' } });
    if (reply.status === 200) return reply.body;
    target = movedTo(reply, target);
  }
  throw new StoreError('REMOTE_INVALID', `${new URL(address).host} sends us on and on`, { hint: CHECK });
}

const CHECK = 'check the address';

/** Anybody on the way may answer in the clear, and whoever only wants to know a digest would believe it. */
function addressed(address: string, from?: URL): URL {
  const target = URL.canParse(address, from?.href) ? new URL(address, from) : null;
  if (target?.protocol === 'https:') return target;
  const text = from ? `${from.host} sends us to an address that is not https` : `${address} is no https address`;
  throw new StoreError('REMOTE_INVALID', text, { hint: CHECK });
}

function movedTo({ status, headers }: HttpReply, from: URL): URL {
  if ([301, 302, 303, 307, 308].includes(status) && headers.location) return addressed(headers.location, from);
  const code = status === 401 || status === 403 || status === 407 ? 'DENIED' : 'REMOTE_INVALID';
  throw new StoreError(code, `${from.host} answered with HTTP ${status}`, { hint: CHECK });
}
