/**
 * Calls a server in a session, as its own page does: the key of the printed address is traded for a cookie, once, and again when
 * the server was started anew and knows it no more.
 */

const PERSON = 'editor';

export function openSession({ url, key }: { readonly url: string; readonly key: string }): typeof globalThis.fetch {
  let cookie: Promise<string | undefined> | undefined;
  let isRefused = false;
  const page = { origin: new URL(url).origin, 'x-gityard-page': '1' };

  async function enter(): Promise<string | undefined> {
    const answer = await fetch(new URL('/api/v1/session', url), {
      method: 'POST',
      headers: { ...page, 'content-type': 'application/json' },
      body: JSON.stringify({ key, name: PERSON }),
    });
    // A key is good as long as its server lives: to show it again would only look like guessing.
    isRefused = answer.status === 401;
    return answer.ok ? answer.headers.get('set-cookie')?.split(';')[0] : undefined;
  }

  return async (address, init) => {
    cookie ??= enter();
    const known = await cookie.catch((error: unknown) => {
      // It is tried again with the next call: the server may only be away.
      cookie = undefined;
      throw error;
    });
    const headers = new Headers(init?.headers);
    for (const [name, value] of Object.entries(page)) headers.set(name, value);
    if (known !== undefined) headers.set('cookie', known);
    const answer = await fetch(address, { ...init, headers });
    if (answer.status === 401 && !isRefused) cookie = undefined;
    return answer;
  };
}
