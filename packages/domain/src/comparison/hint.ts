/** Why two files differ though they should not, in the words of every face, each with what usually helps. */

/** Why → what helps. */
const REMEDIES = {
  'timestamps-only':
    'set the times inside to SOURCE_DATE_EPOCH (tar --mtime, zip -X after touch, strip-nondeterminism)',
  'entry-order': 'sort the names before packing (tar --sort=name, LC_ALL=C)',
  'entry-owner': 'pack without owners (tar --owner=0 --group=0 --numeric-owner)',
  'entry-mode': 'build under the same umask',
  'packed-otherwise': 'use the same version and level of the packer (gzip -n -9, zip of one version)',
  'gzip-time': 'gzip -n leaves the name and the time out',
  'embedded-date': 'take the date from SOURCE_DATE_EPOCH instead of the clock',
  'embedded-guid': 'derive ids from names or content instead of drawing them',
  'embedded-path':
    'build under the same path, or map it: -ffile-prefix-map (C, C++), -trimpath (Go), --remap-path-prefix (Rust), PathMap (.NET)',
  'pe-timestamp': 'Deterministic=true (.NET) or /Brepro (the linker) put a hash in the place of the time',
  'dotnet-mvid': 'Deterministic=true and ContinuousIntegrationBuild=true make the module id follow from the sources',
  'line-endings': 'check sources out with the same line endings (.gitattributes: * text=auto eol=lf)',
  'entries-differ': 'compare the entries that are named',
  'not-looked-at': 'compare the files by hand',
} as const;

export type HintCode = keyof typeof REMEDIES;

export interface Hint {
  readonly path: string;
  readonly code: HintCode;
  readonly text: string;
  readonly remedy: string;
}

export const hint = (path: string, code: HintCode, text: string): Hint => ({
  path,
  code,
  text,
  remedy: REMEDIES[code],
});
