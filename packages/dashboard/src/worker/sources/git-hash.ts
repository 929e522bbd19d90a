/** The name that Git gives to content, so that whoever handed it out need not be believed. */

/** undefined where the browser has no hashes: on a page that came over plain http from another machine. */
export async function blobOid(bytes: Uint8Array): Promise<string | undefined> {
  // Typed as always there; it is not.
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle as SubtleCrypto | undefined;
  if (!subtle) return undefined;
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  const digest = new Uint8Array(await subtle.digest('SHA-1', whole));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** As far as can be told here: whoever could swap bytes on a page of plain http could swap the page. */
export async function isBlob(oid: string, bytes: Uint8Array): Promise<boolean> {
  const name = await blobOid(bytes);
  return name === undefined || name === oid;
}
