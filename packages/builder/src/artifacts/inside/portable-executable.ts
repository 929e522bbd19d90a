/** What linkers write into Windows programs and .NET modules that changes with every build: the time, and the module's id. */

export interface Masked {
  readonly bytes: Buffer;
  /** As hex; null where there is none. */
  readonly stamp: string | null;
  readonly moduleId: string | null;
}

/** null: it is no such file. */
export function withoutBuildMarks(original: Buffer): Masked | null {
  if (original.length < 0x40 || original.toString('latin1', 0, 2) !== 'MZ') return null;
  const header = original.readUInt32LE(0x3c);
  if (header + 24 + 68 > original.length || original.toString('latin1', header, header + 4) !== 'PE\0\0') return null;
  const bytes = Buffer.from(original);
  const stamp = original.subarray(header + 8, header + 12);
  // The linker repeats it beside each piece of what is for debuggers.
  if (stamp.readUInt32LE() !== 0) blank(bytes, stamp);
  bytes.fill(0, header + 24 + 64, header + 24 + 68);
  const moduleId = moduleIdIn(original);
  if (moduleId) blank(bytes, moduleId);
  return { bytes, stamp: stamp.toString('hex'), moduleId: moduleId?.toString('hex') ?? null };
}

function blank(bytes: Buffer, what: Buffer): void {
  const wanted = Buffer.from(what);
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length))
    bytes.fill(0, at, at + wanted.length);
}

const MOST_STREAMS = 16;

/** The first id in the heap `#GUID` of the metadata is that of the module. */
function moduleIdIn(bytes: Buffer): Buffer | null {
  const root = bytes.indexOf('BSJB', 0, 'latin1');
  if (root < 0 || root + 32 > bytes.length) return null;
  let at = root + 20 + bytes.readUInt32LE(root + 12);
  for (let count = 0; count < MOST_STREAMS && at + 12 < bytes.length; count += 1) {
    const end = bytes.indexOf(0, at + 8);
    if (end < 0 || end > at + 8 + 32) return null;
    const start = root + bytes.readUInt32LE(at);
    if (bytes.toString('latin1', at + 8, end) === '#GUID' && start + 16 <= bytes.length)
      return bytes.subarray(start, start + 16);
    at += 8 + Math.ceil((end + 1 - at - 8) / 4) * 4;
  }
  return null;
}
