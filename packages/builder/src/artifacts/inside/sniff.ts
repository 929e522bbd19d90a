/** What a file is by its first bytes; its name is only somebody's word. */
export type Sort = 'zip' | 'ar' | 'tar' | 'gzip' | 'xz' | 'zstd' | 'plain';

/** A tar says what it is only here. */
export const SNIFFED_BYTES = 512;

const MAGIC: readonly (readonly [Sort, number, string])[] = [
  ['zip', 0, '504b0304'],
  ['zip', 0, '504b0506'],
  ['ar', 0, Buffer.from('!<arch>\n').toString('hex')],
  ['gzip', 0, '1f8b'],
  ['xz', 0, 'fd377a585a00'],
  ['zstd', 0, '28b52ffd'],
  ['tar', 257, Buffer.from('ustar').toString('hex')],
];

export const sniff = (head: Buffer): Sort =>
  MAGIC.find(([, at, hex]) => head.subarray(at, at + hex.length / 2).toString('hex') === hex)?.[0] ?? 'plain';
