/** What the specs of the API stand on: a source that is pushed by hand, a page, and requests that may lie about their headers. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ReadModel, readModelFrom } from '@gityard/domain';
import { onTestFinished } from 'vitest';
import { type Api, type ApiOptions, type SnapshotSource, startApi } from '../index.ts';

export function sampleModel(sequence: number): ReadModel {
  const at = '2026-03-01T12:00:00.000Z';
  const model = readModelFrom({
    yard: 'acme',
    sequence,
    head: `c0ffee${sequence}`,
    at,
    by: 'build1',
    totals: { queued: sequence },
  });
  if (!model.ok) throw new Error(model.reason);
  return model.value;
}

export interface HandSource extends SnapshotSource {
  push(model: ReadModel): void;
  readonly listeners: number;
}

export function handSource(first?: ReadModel): HandSource {
  const listeners = new Set<(model: ReadModel) => void>();
  let current = first;
  return {
    current: () => current,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    push: (model) => {
      current = model;
      for (const listener of listeners) listener(model);
    },
    get listeners() {
      return listeners.size;
    },
  };
}

/** A running API that ends with the test. */
export async function apiOf(options: Partial<ApiOptions>): Promise<Api> {
  const pages = await mkdtemp(join(tmpdir(), 'gityard-pages-'));
  await mkdir(join(pages, 'assets'));
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>yard</title>');
  await writeFile(join(pages, 'assets', 'app-1a2b.js'), 'export {};');
  const api = await startApi({ source: handSource(sampleModel(1)), pages, ...options });
  onTestFinished(async () => {
    await api.close();
    await rm(pages, { recursive: true });
  });
  return api;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** `fetch` would set Host by itself and tidy the path. */
export function ask(
  api: Api,
  path: string,
  { method = 'GET', headers = {}, body = '' as string | Uint8Array } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(api.url);
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    call.on('error', reject).end(body);
  });
}
