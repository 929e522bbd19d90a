/** JSON as every file of a yard is written: sorted keys, two spaces, a final newline. Equal values are equal bytes. */
const encoder = new TextEncoder();

export const canonicalJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`;
export const canonicalBytes = (value: unknown): Uint8Array => encoder.encode(canonicalJson(value));

/** Of a value that nobody changes any more: it is measured first and written later, and encoded once. */
export function encodedOnce(value: object): Uint8Array {
  const bytes = encoded.get(value) ?? canonicalBytes(value);
  encoded.set(value, bytes);
  return bytes;
}
const encoded = new WeakMap<object, Uint8Array>();

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])]));
}
