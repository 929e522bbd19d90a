/**
 * Redis as a far tier: entries, and the bytes of small outputs, packed, for a week. Nobody but us reconnects: whoever asks when
 * the connection is gone gets one try at a new one, and the guard around us decides when to ask again.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { CacheTier, EntryName } from './tier.ts';
import { EXPIRES_MS } from './tier.ts';

const SMALL_BYTES = 64 * 1024;
const MOST_TEXT_BYTES = 32 * 1024 * 1024;
const CONNECT_MS = 2_000;
const [pack, unpack] = [promisify(gzip), promisify(gunzip)];

/** @param url `redis://…` or `rediss://…`, with a password where it needs one; that is never shown */
export function redisTier(url: string, { connectMs = CONNECT_MS } = {}): CacheTier {
  const connection = redisConnection(url, connectMs);
  const expiration = { type: 'EX', value: EXPIRES_MS / 1000 } as const;
  const get = async (key: string): Promise<Buffer | null> => (await connection.client()).get(key);
  return {
    name: `redis ${new URL(url).host}`,
    read: async (name) => {
      const packed = await get(entryKey(name));
      return packed && unpackedOrNothing(packed, MOST_TEXT_BYTES).then((it) => it?.toString('utf8') ?? '');
    },
    write: async (name, text) => {
      await (await connection.client()).set(entryKey(name), await pack(text), { expiration });
    },
    fetch: async ({ sha256, sizeBytes }, file) => {
      const packed = sizeBytes < SMALL_BYTES ? await get(blobKey(sha256)) : null;
      if (packed === null) return false;
      await writeFile(file, (await unpackedOrNothing(packed, sizeBytes)) ?? '', { flag: 'wx' });
      return true;
    },
    send: async ({ sha256, sizeBytes }, file) => {
      if (sizeBytes >= SMALL_BYTES) return false;
      await (await connection.client()).set(blobKey(sha256), await pack(await readFile(file)), { expiration });
      return true;
    },
    drop: async ({ sha256 }) => void (await (await connection.client()).del(blobKey(sha256))),
    close: async () => connection.close(),
  };
}

const entryKey = ({ kind, scope, id }: EntryName): string => `build:cache:${kind}:${scope}:${id}`;
const blobKey = (sha256: string): string => `build:cache:blob:${sha256}`;

/** What cannot be unpacked, or not to so little, is damaged: for whoever checks it, nothing is as wrong as anything else. */
const unpackedOrNothing = (packed: Buffer, mostBytes: number): Promise<Buffer | null> =>
  unpack(packed, { maxOutputLength: Math.max(1, mostBytes) }).catch(() => null);

function redisConnection(url: string, connectTimeout: number) {
  const connect = async () => {
    const { createClient, RESP_TYPES } = await import('@redis/client');
    const socket = { connectTimeout, reconnectStrategy: false } as const;
    const client = createClient({ url, socket, disableOfflineQueue: true });
    // Every failure also comes back from the call that met it.
    client.on('error', () => undefined);
    await client.connect();
    client.unref();
    return client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  };
  let opened: ReturnType<typeof connect> | undefined;
  return {
    async client() {
      const mine = opened;
      const before = await mine?.catch(() => undefined);
      if (before?.isReady) return before;
      // Of all who find it gone, one connects.
      if (opened === mine) {
        if (before?.isOpen) before.destroy();
        opened = connect();
      }
      return opened ?? connect();
    },
    async close() {
      const client = await opened?.catch(() => undefined);
      if (client?.isOpen) client.destroy();
      opened = undefined;
    },
  };
}
