/**
 * `SHA256SUMS`, line by line as `sha256sum` writes and reads it: a name with a backslash or an end of line in it is escaped,
 * and a backslash before the digest says so. Knows no files.
 */
export const SUMS = 'SHA256SUMS';

/** What is written beside a build for a moment. Nobody who reads the folder meanwhile takes it for an artifact. */
export const ownPart = (name: string, pid: number): string => `.${name}.gityard-${pid}.part`;
export const isOwnPart = (name: string): boolean => /^\..*\.gityard-\d+\.part$/.test(name);

export interface Sum {
  readonly path: string;
  readonly sha256: string;
}

export const sumsText = (sums: readonly Sum[]): string => sums.map(lineOf).join('');

const ESCAPES: readonly (readonly [string, string])[] = [
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
];

function lineOf({ path, sha256 }: Sum): string {
  // To sha256sum a bare dash is its own input.
  const name = path === '-' ? './-' : path;
  const escaped = ESCAPES.reduce((text, [char, written]) => text.replaceAll(char, written), name);
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** Without the lines of these paths. Whatever else stands there stays as it is. */
export function withoutSums(text: string, paths: readonly string[]): string {
  const gone = new Set(paths.map((path) => lineOf({ path, sha256: '' }).replace(/^\\/, '')));
  return text
    .split(/(?<=\n)/)
    .filter((line) => !gone.has(line.replace(/^\\?[0-9a-f]{64}/, '')))
    .join('');
}
