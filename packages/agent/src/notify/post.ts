/** One JSON document to one address. Follows nobody elsewhere, waits for nobody for ever, and reads no answer but its status. */
import { ChannelError } from './channel.ts';

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
  const response = await fetch(address, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'gityard', ...headers },
    redirect: 'manual',
    signal,
  }).catch((cause: unknown) => {
    throw new ChannelError(`${address.host} could not be reached: ${reasonOf(cause)}`, { cause });
  });
  await response.body?.cancel();
  if (response.ok) return;
  // 429 and faults of the server pass; what it does not want now it will not want later.
  const lasting = response.status < 500 && response.status !== 429 && response.status !== 408;
  throw new ChannelError(`${address.host} answered with status ${response.status}`, { lasting });
}

/** `fetch failed` says nothing; what lies under it does. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  if (cause.name === 'TimeoutError' || cause.name === 'AbortError') return 'it took too long';
  return (cause.cause as { code?: string } | undefined)?.code ?? cause.name;
}
