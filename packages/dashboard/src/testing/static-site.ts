/** A folder of files over HTTP, as Pages of a host serve it: no routes, no headers of our own. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type HostAnswer, type Listening, listen } from './mock-host.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function startSite(folder: string): Promise<Listening> {
  return listen(async ({ url }): Promise<HostAnswer> => {
    const path = decodeURIComponent(url.pathname.replace(/\/$/, '/index.html'));
    const body = path.includes('..') ? undefined : await readFile(join(folder, path)).catch(() => undefined);
    if (!body) return { status: 404, headers: {}, body: 'Not Found' };
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    return { status: 200, headers: { 'content-type': type, 'cache-control': 'max-age=600' }, body };
  });
}
