/** JSON as every file of a yard is written: sorted keys, two spaces, a final newline. Equal values are equal bytes. */
const encoder = new TextEncoder();

export const canonicalJson = (value: unknown): string => `${JSON.stringify(sorted(value), null, 2)}\n`;
export const canonicalBytes = (value: unknown): Uint8Array => encoder.encode(canonicalJson(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])]));
}
