/**
 * Tabs share only with those that see the same and spend the same budget: without a token, or with the same one. Every page
 * of the origin can read the name of a group, so of a token only a few digits of its hash are in it: they tell two tokens
 * apart and lead back to none.
 */
export const OPENLY = 'openly';

const DIGITS = 12;

export async function groupOf(token: string | null, address: string): Promise<string> {
  if (token === null) return OPENLY;
  // Over plain http a browser does not hash; then every tab with a token is on its own.
  const hash = await globalThis.crypto.subtle?.digest('SHA-256', new TextEncoder().encode(`${address} ${token}`));
  const bytes = hash ? new Uint8Array(hash) : crypto.getRandomValues(new Uint8Array(DIGITS));
  return `with ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .slice(0, DIGITS)}`;
}
