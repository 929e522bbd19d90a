/** Trades the key of the address that gityard printed for a session of the daemon: with it this page may give commands. */
import { ask } from './ask.ts';
import { SourceFailure } from './source.ts';
import type { Wiring } from './wiring.ts';

const PATIENCE_MS = 5_000;

export async function openSession(
  page: string,
  { key, wiring }: { readonly key: string; readonly wiring: Wiring },
): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-gityard-page': '1' };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const init = { method: 'POST', headers, body: JSON.stringify({ key }), credentials: 'same-origin', signal } as const;
  try {
    await ask(wiring, { url: new URL('api/v1/session', page), init, host: 'the server', what: 'session' });
  } catch (error) {
    // Who cannot be reached takes no commands either: the page says so by itself.
    if (!(error instanceof SourceFailure)) throw error;
  }
}
