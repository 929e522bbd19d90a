/** Packed bytes to plain ones: gzip by Node, xz and zstd by the system's own programs, where it has them. */
import { spawn } from 'node:child_process';
import { PassThrough, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NotReadable } from './entry.ts';

export type Packing = 'gzip' | 'xz' | 'zstd';

const PROGRAMS = { xz: ['xz', ['-dc', '-T1', '--memlimit-decompress=512MiB']], zstd: ['zstd', ['-dcq']] } as const;

export function unpack(packed: Readable, packing: Packing): Readable {
  if (packing !== 'gzip') return throughProgram(packed, packing);
  const gunzip = createGunzip();
  packed.on('error', (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}

/** Whoever stops reading ends the program: nothing of it outlives the look. */
function throughProgram(packed: Readable, packing: 'xz' | 'zstd'): Readable {
  const [name, args] = PROGRAMS[packing];
  const out = new PassThrough();
  const child = spawn(name, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.on('error', (error: NodeJS.ErrnoException) =>
    out.destroy(
      new NotReadable(error.code === 'ENOENT' ? `needs ${name}, which is not installed here` : error.message),
    ),
  );
  child.on('close', (code) => {
    if (code === 0) out.end();
    else out.destroy(new NotReadable(`is no sound ${packing}`));
  });
  child.stdout.pipe(out, { end: false });
  // It may end before it has read everything.
  child.stdin.on('error', () => packed.destroy());
  packed.on('error', () => child.kill());
  packed.pipe(child.stdin);
  out.on('close', () => {
    packed.destroy();
    child.kill();
  });
  return out;
}
