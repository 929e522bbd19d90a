/** Hands out the built page as a plain host of files does. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Host, HostAnswer } from './mock-host.ts';

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export function pagesHost(folder: string): Host {
  return async ({ url }): Promise<HostAnswer> => {
    const path = url.pathname.endsWith('/') ? `${url.pathname}index.html` : url.pathname;
    try {
      const body = await readFile(join(folder, path));
      return { status: 200, headers: { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }, body };
    } catch {
      return { status: 404, headers: {}, body: 'there is no such file' };
    }
  };
}
