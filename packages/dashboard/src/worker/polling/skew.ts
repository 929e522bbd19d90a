/**
 * How far the server's clock is ahead of ours, by one request for the head of the page's own address: other hosts do not
 * let a page read their time. The same request tells a dead network from a host that is away.
 */
export interface Home {
  readonly isThere: boolean;
  readonly skewMs: number;
}

/** The header counts whole seconds, and the way takes time; a smaller difference may be no difference. */
const NOISE_MS = 2_000;

export async function askHome(
  page: string,
  {
    fetch = globalThis.fetch,
    now = Date.now,
  }: { readonly fetch?: typeof globalThis.fetch; readonly now?: () => number } = {},
): Promise<Home> {
  const sentAt = now();
  try {
    const { headers } = await fetch(page, { method: 'HEAD', cache: 'no-store', signal: AbortSignal.timeout(10_000) });
    return { isThere: true, skewMs: skewOf(headers, (sentAt + now()) / 2) };
  } catch {
    // Whatever the reason, nobody answered; whose fault that is the caller decides.
    return { isThere: false, skewMs: 0 };
  }
}

/** Hosts of pages hand out copies, some with the time of the copy and some with that of the answer: the one nearer to ours is meant. */
function skewOf(headers: Headers, now: number): number {
  const date = Date.parse(headers.get('date') ?? '') + 500;
  const ageMs = Number(headers.get('age') ?? 0) * 1000 || 0;
  const [ofAnswer, ofCopy] = [date - now, date + ageMs - now];
  const skewMs = Math.abs(ofAnswer) <= Math.abs(ofCopy) ? ofAnswer : ofCopy;
  return Math.abs(skewMs) > NOISE_MS ? Math.round(skewMs) : 0;
}
