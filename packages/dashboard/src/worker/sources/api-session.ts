/** Whether this page may give commands to the daemon that serves it: with the key of the printed address, or the session it had. */
const PATIENCE_MS = 5_000;

export async function openSession(page: string, key: string | null): Promise<'direct' | 'no'> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const headers = { 'content-type': 'application/json', 'x-gityard-page': '1' };
  try {
    if (key !== null) {
      const init = { method: 'POST', headers, body: JSON.stringify({ key }), signal };
      await fetch(new URL('api/v1/session', page), init);
    }
    const response = await fetch(new URL('api/v1/hello', page), { cache: 'no-store', signal });
    const { commands } = (await response.json()) as { readonly commands?: unknown };
    return commands === 'direct' ? 'direct' : 'no';
  } catch {
    // Who cannot be reached takes no commands either.
    return 'no';
  }
}
