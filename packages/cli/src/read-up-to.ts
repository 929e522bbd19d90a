/** Reads what a person names: never more than is wanted, as not all that can be read has a size: a pipe, a device without an end. */
import { open } from 'node:fs/promises';
import { usageError } from './errors.ts';

/** Undefined when there is more. `what` names the file in messages. */
export async function readFileUpTo(
  path: string,
  { mostBytes, what }: { readonly mostBytes: number; readonly what: string },
): Promise<Uint8Array | undefined> {
  const handle = await open(path);
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw usageError(`${what} is a folder`, 'name a file');
    if (found.size > mostBytes) return undefined;
    return await readStreamUpTo(handle.createReadStream({ autoClose: false }), mostBytes);
  } finally {
    await handle.close();
  }
}

/** Undefined when there is more. */
export async function readStreamUpTo(
  stream: AsyncIterable<Uint8Array | string>,
  mostBytes: number,
): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > mostBytes) return undefined;
  }
  return Buffer.concat(chunks);
}
