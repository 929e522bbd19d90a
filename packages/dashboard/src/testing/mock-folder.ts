/** The origin of the page itself, for specs without a network: files of a folder, or a host of routes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from './mock-host.ts';

type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export function fetchFromFolder(folder: string, page: string): Fetch {
  return async (url, init) => {
    init?.signal?.throwIfAborted();
    const path = decodeURIComponent(new URL(url).href.replace(page, ''));
    const bytes = await readFile(join(folder, path)).catch(() => undefined);
    return bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 });
  };
}

export function fetchFromHost(host: { answer: Host }): Fetch {
  return async (url, init = {}) => {
    init.signal?.throwIfAborted();
    const headers = new Headers(init.headers);
    const { method = 'GET', body } = init;
    const asked = { method, url: new URL(url), headers, body: body?.toString() ?? '', ip: '127.0.0.1' };
    const answer = await host.answer(asked);
    const isEmpty = answer.status === 304 || answer.status === 204;
    return new Response(isEmpty ? null : (answer.body as BodyInit), { status: answer.status, headers: answer.headers });
  };
}
