/**
 * The certificate of this server, from two files. They are looked at again while it runs, so that a renewed one is used without a
 * restart. A pair that does not fit (one file is written before the other) changes nothing: the next look may find it whole.
 */

import { unwatchFile, watchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server as SecureServer } from 'node:https';
import { createSecureContext } from 'node:tls';
import { ApiStartError } from './api-start-error.ts';

export interface TlsFiles {
  /** PEM: the certificate, and those between it and a known authority. */
  readonly cert: string;
  /** PEM: its private key. */
  readonly key: string;
  readonly watchEveryMs?: number;
}
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

const WATCH_EVERY_MS = 10_000;

/** Throws ApiStartError. */
export async function readTls(files: TlsFiles): Promise<TlsPair> {
  try {
    return await pairIn(files);
  } catch (error) {
    const { message } = error as Error;
    throw new ApiStartError('USAGE', `${files.cert} and ${files.key} are no certificate with its key: ${message}`, {
      cause: error,
    });
  }
}

/** Returns the function that ends it. */
export function renewTls(server: SecureServer, files: TlsFiles, onFault?: (error: Error) => void): () => void {
  const renew = (): void =>
    void pairIn(files).then(
      (pair) => server.setSecureContext(pair),
      (error: Error) =>
        onFault?.(
          new ApiStartError('USAGE', `the certificate was not renewed, the one before stays: ${error.message}`, {
            cause: error,
          }),
        ),
    );
  const paths = [files.cert, files.key];
  for (const path of paths)
    watchFile(path, { interval: files.watchEveryMs ?? WATCH_EVERY_MS, persistent: false }, renew);
  return () => {
    for (const path of paths) unwatchFile(path, renew);
  };
}

/** Throws when they cannot be read, or are none, or do not belong together. */
async function pairIn(files: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([readFile(files.cert), readFile(files.key)]);
  createSecureContext({ cert, key });
  return { cert, key };
}
