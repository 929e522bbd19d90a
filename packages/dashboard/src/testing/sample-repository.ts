/** A yard's repository in memory, for specs of questions and, over the routes of the daemon, for the built page. */
import { createHash } from 'node:crypto';
import type { ReadModel } from '@gityard/domain';
import type { BrowserContext } from 'playwright-core';
import type { Reading } from '../worker/questions/question.ts';
import type { CommitEntry, Place, RefName, TreeEntry } from '../worker/sources/source.ts';
import type { MockFiles } from './mock-repository.ts';

export interface SampleRepository {
  put(ref: RefName, path: string, content: string | Uint8Array): void;
  remove(ref: RefName, path: string): void;
  files(ref: RefName): MockFiles;
  /** Newest first. */
  readonly commits: CommitEntry[];
  /** What was asked for, in order: `file state shared/jobs/…`. */
  readonly asked: string[];
  reading(model?: ReadModel): Reading;
  /** Answers the page's requests for files, as the daemon does. */
  serve(context: BrowserContext): Promise<void>;
}

export function sampleRepository(): SampleRepository {
  const refs = new Map<string, Map<string, Uint8Array>>();
  const filesOf = (place: Place | string): Map<string, Uint8Array> => {
    const name = typeof place === 'string' ? place : 'ref' in place ? place.ref : 'state';
    const files = refs.get(name) ?? new Map<string, Uint8Array>();
    refs.set(name, files);
    return files;
  };
  const commits: CommitEntry[] = [];
  const asked: string[] = [];
  const blob = (oid: string): Uint8Array | undefined =>
    [...refs.values()].flatMap((files) => [...files.values()]).find((bytes) => oidOf(bytes) === oid);
  const blobAsked = (oid: string): Uint8Array => {
    asked.push('blob');
    const bytes = blob(oid);
    if (!bytes) throw new Error(`no blob ${oid}`);
    return bytes;
  };
  const tree = (place: Place | string, folder: string): TreeEntry[] =>
    [...filesOf(place)]
      .filter(([path]) => folder === '' || path.startsWith(`${folder}/`))
      .map(([path, bytes]) => ({ path, oid: oidOf(bytes), sizeBytes: bytes.length }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));

  return {
    commits,
    asked,
    put: (ref, path, content) =>
      void filesOf(ref).set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content),
    remove: (ref, path) => void filesOf(ref).delete(path),
    files: (ref) => Object.fromEntries(filesOf(ref)),
    reading: (model) => ({
      model,
      overwritten: null,
      now: () => Date.parse('2026-03-01T12:00:00Z'),
      file: async (place, path) => {
        asked.push(`file ${path}`);
        const bytes = filesOf(place).get(path);
        return bytes && { bytes, oid: oidOf(bytes) };
      },
      blob: async (oid) => blobAsked(oid),
      blobs: async (entries) => entries.map((it) => ({ ...it, bytes: blobAsked(it.oid) })),
      tree: async (place, folder) => {
        asked.push(`tree ${folder}`);
        return tree(place, folder);
      },
      costOf: async () => null,
      commits: async (_, { count, path }) => {
        asked.push(`commits ${path ?? ''}`);
        return commits.slice(0, count);
      },
      send: () => Promise.reject(new Error('nothing is sent here')),
      linkFor: () => null,
      linkTo: ({ commit, path }) => `https://git.example/${commit}/${path ?? ''}`,
      signal: AbortSignal.timeout(60_000),
    }),
    serve: async (context) => {
      await context.route(/\/api\/v1\/blobs\?/, (route) =>
        route.fulfill({ json: batchOf(route.request().url(), blob) }),
      );
      await context.route(/\/api\/v1\/(files|blobs|trees|commits)\//, (route) => {
        const url = new URL(route.request().url());
        const [, kind = '', place = '', ...rest] =
          url.pathname.split('/api/v1/')[1]?.match(/^(\w+)\/([^/]+)\/?(.*)$/) ?? [];
        const path = rest.join('/').split('/').map(decodeURIComponent).join('/');
        if (kind === 'trees')
          return route.fulfill({ json: { entries: tree(place, url.searchParams.get('folder') ?? '') } });
        if (kind === 'commits') return route.fulfill({ json: { commits } });
        const bytes = kind === 'blobs' ? blob(place) : filesOf(place).get(path);
        if (!bytes) return route.fulfill({ status: 404, json: { detail: 'there is no such file' } });
        return route.fulfill({ body: Buffer.from(bytes), headers: { etag: `"${oidOf(bytes)}"` } });
      });
    },
  };
}

/** As the daemon answers who asks for many at once. */
export function batchOf(url: string, blob: (oid: string) => string | Uint8Array | undefined) {
  const oids = (new URL(url).searchParams.get('oids') ?? '').split(',');
  return {
    blobs: oids.flatMap((oid) => {
      const content = blob(oid);
      return content === undefined ? [] : [{ oid, content: Buffer.from(content as string).toString('base64') }];
    }),
  };
}

const oidOf = (bytes: Uint8Array): string =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

export const shardOf = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 2);
