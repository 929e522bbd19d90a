/** One package that a build is made of, as its lock files say it, and the contract of whoever reads such a file. */

export interface Component {
  /** npm: with its scope; Maven: the artifact. */
  readonly name: string;
  readonly group?: string;
  readonly version: string | null;
  readonly ecosystem: 'npm' | 'nuget' | 'maven';
  /** Needed by what is shipped, or only to build and test it. */
  readonly scope: 'required' | 'optional' | 'excluded';
  /** As CycloneDX has them: hexadecimal. */
  readonly hashes: readonly { readonly alg: 'SHA-1' | 'SHA-256' | 'SHA-512'; readonly content: string }[];
  readonly properties?: Readonly<Record<string, string>>;
}

export interface LockFile {
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface LockReader {
  /** What it reads says what is needed, and not what that needs in turn. */
  readonly isIncomplete?: boolean;
  reads(path: string): boolean;
  /** Of all files of its kind at once. Files are strangers' work: what cannot be understood is left out, or thrown. */
  components(files: readonly LockFile[]): Promise<readonly Component[]> | readonly Component[];
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

export type Fields = Readonly<Record<string, unknown>>;
export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' && value.length <= 500 ? value : null;

/** `sha512-<base64> sha1-<base64>`, the form of npm and its kin. */
export function hashesFrom(integrity: unknown): Component['hashes'] {
  const words = (textOf(integrity) ?? '').split(/\s+/);
  return words.flatMap((word) => {
    const [, name, digest = ''] = /^(sha1|sha256|sha512)-([A-Za-z0-9+/]+=*)$/.exec(word) ?? [];
    const alg = ALGORITHMS.get(name ?? '');
    return alg ? [{ alg, content: Buffer.from(digest, 'base64').toString('hex') }] : [];
  });
}
const ALGORITHMS = new Map([
  ['sha1', 'SHA-1'],
  ['sha256', 'SHA-256'],
  ['sha512', 'SHA-512'],
] as const) as ReadonlyMap<string, 'SHA-1' | 'SHA-256' | 'SHA-512'>;
