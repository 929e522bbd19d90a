/** The folder that a page stands in, for specs without a network. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export function fetchFromFolder(folder: string, page: string): Fetch {
  return async (url, init) => {
    init?.signal?.throwIfAborted();
    const path = decodeURIComponent(new URL(url).href.replace(page, ''));
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    return bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 });
  };
}
