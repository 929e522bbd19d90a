/** The files of a folder beside the page, asked one by one; or of an archive of it, fetched once. */
import { ask } from './ask.ts';
import type { ReadFile } from './folder-source.ts';
import { SourceFailure } from './source.ts';
import { filesOfTar } from './tar.ts';
import type { Wiring } from './wiring.ts';

const HOST = 'the folder';
const MOST_MS = 120_000;

export function filesIn(folder: string, wiring: Wiring): ReadFile {
  if (folder.endsWith('/')) return (path, signal) => fetched(new URL(path, folder), { wiring, signal });
  let archive: Promise<ReadonlyMap<string, Uint8Array>> | undefined;
  return async (path, signal) => {
    // All wait for the same bytes, so that none of them may call the others' off.
    archive ??= unpacked(new URL(folder), { wiring, signal: AbortSignal.timeout(MOST_MS) });
    const files = await archive.catch((error: unknown) => {
      archive = undefined;
      throw error;
    });
    signal.throwIfAborted();
    return files.get(path);
  };
}

async function fetched(
  url: URL,
  { wiring, signal }: { wiring: Wiring; signal: AbortSignal },
): Promise<Uint8Array | undefined> {
  const what = url.pathname.split('/').at(-1) ?? '';
  const { status, bytes } = await ask(wiring, { url, init: { signal, cache: 'no-cache' }, host: HOST, what });
  if (status === 404) return undefined;
  if (status >= 400) throw new SourceFailure({ kind: 'unavailable', reason: `${url.href} answered with ${status}` });
  return bytes;
}

async function unpacked(url: URL, waiting: { wiring: Wiring; signal: AbortSignal }): Promise<Map<string, Uint8Array>> {
  const bytes = await fetched(url, waiting);
  if (!bytes) throw new SourceFailure({ kind: 'not-found', reason: `there is no archive at ${url.href}` });
  try {
    return filesOfTar(isGzip(bytes) ? await gunzipped(bytes) : bytes);
  } catch {
    throw new SourceFailure({ kind: 'invalid', reason: `the archive at ${url.href} is damaged` });
  }
}

/** By its first bytes: some servers unpack what they send, whatever its name says. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function gunzipped(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
