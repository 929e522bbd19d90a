/** The name of an object: 40 hexadecimal digits, the SHA-1 of its type, length and content. */
export type Oid = string;

/** What Git writes where there is no object: the old value of a ref that is made, the new one of a ref that goes. */
export const NO_OID: Oid = '0'.repeat(40);

export function isOid(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

export function oidBytes(oid: Oid): Buffer {
  return Buffer.from(oid, 'hex');
}

export function oidAt(bytes: Uint8Array, offset: number): Oid {
  return Buffer.from(bytes.buffer, bytes.byteOffset + offset, 20).toString('hex');
}
