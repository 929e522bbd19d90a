/** One JSON document to one address. Follows nobody elsewhere, waits for nobody for ever, and reads no answer but its status. */
import { requestOutside } from '@gityard/yard';
import { ChannelError } from './channel.ts';

/** Nobody reads it; one that is larger is no answer. */
const MOST_BYTES = 10_000_000;

export function httpAddress(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (!address || !['http:', 'https:'].includes(address.protocol))
    throw new ChannelError('its address is no http or https URL', { lasting: true });
  if (address.username || address.password)
    throw new ChannelError('its address must not hold a user name or a password', { lasting: true });
  return address;
}

export async function postJson(
  address: URL,
  { body, headers = {}, signal }: { body: string; headers?: Readonly<Record<string, string>>; signal: AbortSignal },
): Promise<void> {
  const { status } = await requestOutside(address, {
    method: 'POST',
    body: Buffer.from(body),
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    mostBytes: MOST_BYTES,
    signal,
  }).catch((cause: unknown) => {
    throw new ChannelError(`${address.host} could not be reached: ${reasonOf(cause)}`, { cause });
  });
  if (status >= 200 && status < 300) return;
  // 429 and faults of the server pass; what it does not want now it will not want later.
  const lasting = status < 500 && status !== 429 && status !== 408;
  throw new ChannelError(`${address.host} answered with status ${status}`, { lasting });
}

/** A name of what lies under it says more than a sentence about the host. */
function reasonOf(error: unknown): string {
  const { code, name, cause } = (error instanceof Error ? error : {}) as Partial<Error> & { code?: unknown };
  const below = cause as { code?: unknown; name?: string } | undefined;
  if (code === 'TIMEOUT' || TOO_LONG.some((it) => it === name || it === below?.name)) return 'it took too long';
  return typeof below?.code === 'string' ? below.code : `${code ?? name ?? 'unknown'}`;
}

const TOO_LONG = ['TimeoutError', 'AbortError'];
