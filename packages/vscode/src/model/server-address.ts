/** Where a yard is served, as people type or paste it, and what may be sent there. Pure. */

export interface ServerAddress {
  /** Its origin: `http://127.0.0.1:7420`. */
  readonly url: string;
  /** Of the address that `gityard serve` prints: whoever has it may act. */
  readonly key?: string;
}

export type Checked<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** `127.0.0.1:7420`, `https://yard.example`, or the whole address of the page with its key. */
export function serverAddress(typed: string): Checked<ServerAddress> {
  const text = typed.trim();
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  if (text === '' || !URL.canParse(address)) return no('that is no address; it looks like http://127.0.0.1:7420');
  const { protocol, origin, username, password, hash } = new URL(address);
  if (protocol !== 'http:' && protocol !== 'https:') return no(`${protocol}// is not spoken; use http:// or https://`);
  if (username !== '' || password !== '') return no('an address holds no name and no password; sign in with a token');
  const key = new URLSearchParams(hash.slice(1)).get('key');
  return { ok: true, value: { url: origin, ...(key !== null && key !== '' && { key }) } };
}

/** What is sent in plain text to another machine can be read on the way. */
export function mayCarrySecrets(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
  );
}

const no = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });
