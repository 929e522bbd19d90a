/** What a file of JSON says; null where it says nothing that can be read, which no schema accepts. */
export function jsonIn(file: Uint8Array | string): unknown {
  try {
    return JSON.parse(typeof file === 'string' ? file : new TextDecoder().decode(file));
  } catch {
    return null;
  }
}
