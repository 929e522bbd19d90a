/** Proves that bytes are what their name says: Git names a blob by the SHA-1 of a header and its content. */

/** undefined: this page is on plain http, where browsers give no hashes. Whoever could swap bytes there could swap the page. */
export async function gitHashOf(bytes: Uint8Array): Promise<string | undefined> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const header = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(header.length + bytes.length);
  whole.set(header);
  whole.set(bytes, header.length);
  const digest = new Uint8Array(await subtle.digest('SHA-1', whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether the bytes are the blob of that name, as far as can be told here. */
export async function isBlob(oid: string, bytes: Uint8Array): Promise<boolean> {
  const hash = await gitHashOf(bytes);
  return hash === undefined || hash === oid;
}
