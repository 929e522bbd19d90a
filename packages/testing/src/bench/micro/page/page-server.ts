/**
 * The built page as a host of files serves it, and beside it a folder with a large yard: its snapshot, its messages, a long
 * log. And a page that draws all of the same at once, to be measured against.
 */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { largeFolder, type Size } from './large-folder.ts';
import { NAIVE_PAGE } from './naive-page.ts';

const DOCS = fileURLToPath(new URL('../../../../../../docs/', import.meta.url));
export const BUILT_PAGE = join(DOCS, 'index.html');
const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json'],
]);

export interface ServedPage {
  /** Of the page; what follows `#` is appended. */
  readonly url: string;
  readonly naiveUrl: string;
  /** Until `comeBack` nobody answers, as where there is no network. */
  goAway(): void;
  comeBack(): void;
  /** When the end of the log was handed out, in milliseconds since 1970. */
  tailSentAt(): number;
  /** In how many lines of the log what is sought stands. */
  readonly finds: number;
  close(): Promise<void>;
}

export async function servePage(size: Size): Promise<ServedPage> {
  const { files, tail, finds } = largeFolder(size);
  let isAway = false;
  let tailSentAt = Number.NaN;
  const server = createServer(async (request, response) => {
    if (isAway) return void request.socket.destroy();
    const path = new URL(request.url ?? '/', 'http://page').pathname.slice(1) || 'index.html';
    const known = path === 'naive.html' ? NAIVE_PAGE : files.get(path);
    const bytes = known ?? (path.includes('..') ? undefined : await readFile(join(DOCS, path)).catch(() => undefined));
    if (path === tail)
      response.once('finish', () => {
        tailSentAt = Date.now();
      });
    const headers = { 'content-type': TYPES.get(extname(path)) ?? 'text/plain', 'cache-control': 'max-age=600' };
    response.writeHead(bytes ? 200 : 404, headers).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${url}/?source=folder:./yard/`,
    naiveUrl: `${url}/naive.html`,
    goAway: () => {
      isAway = true;
      server.closeAllConnections();
    },
    comeBack: () => {
      isAway = false;
    },
    tailSentAt: () => tailSentAt,
    finds,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
