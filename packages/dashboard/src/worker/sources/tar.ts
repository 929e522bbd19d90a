/** The files of a tar archive. Long names come in the forms of GNU (`L`) and of POSIX (`x`, and the prefix). */

const BLOCK = 512;

/** Throws when it is none. */
export function filesOfTar(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longName: string | undefined;
  // A block of zeros ends it.
  for (let at = 0; tar[at] !== 0; ) {
    if (at + BLOCK > tar.length) throw new Error('the archive ends too early');
    const head = tar.subarray(at, at + BLOCK);
    if (text(head, 257, 5) !== 'ustar') throw new Error('this is no tar archive');
    const sizeBytes = Number.parseInt(text(head, 124, 12), 8) || 0;
    const type = text(head, 156, 1);
    const body = tar.subarray(at + BLOCK, at + BLOCK + sizeBytes);
    if (body.length < sizeBytes) throw new Error('the archive ends too early');
    at += BLOCK + Math.ceil(sizeBytes / BLOCK) * BLOCK;
    if (type === 'L') longName = text(body, 0, sizeBytes);
    else if (type === 'x') longName = /^\d+ path=(.*)$/m.exec(text(body, 0, sizeBytes))?.[1] ?? longName;
    else {
      const prefix = text(head, 345, 155).trim();
      const name = longName ?? (prefix === '' ? '' : `${prefix}/`) + text(head, 0, 100);
      if (type === '0' || type === '') files.set(name.replace(/^(\.\/)+/, ''), body);
      longName = undefined;
    }
  }
  return files;
}

/** Up to the first zero. */
function text(bytes: Uint8Array, from: number, length: number): string {
  return (new TextDecoder().decode(bytes.subarray(from, from + length)).split('\0', 1)[0] ?? '').trimEnd();
}
