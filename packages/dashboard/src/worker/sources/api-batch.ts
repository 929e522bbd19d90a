/** Many files of the daemon's yard in one request: an answer holds as many as fit into it. */
import { type Answer, jsonOf } from './ask.ts';
import { bytesOfBase64, fieldsOf, listOf } from './rows.ts';
import type { Batch } from './source.ts';

/** Names of more would make an address that some proxies do not let through. */
const MOST = 150;

export const apiBatch = (get: (oids: string, signal: AbortSignal) => Promise<Answer>, host: string): Batch => ({
  most: MOST,
  read: async (oids, signal) => {
    const { blobs } = fieldsOf(jsonOf(await get(oids.join(), signal), host));
    return new Map(
      listOf(blobs, host).map(({ oid, content }) => [String(oid), bytesOfBase64(String(content), host)] as const),
    );
  },
});
