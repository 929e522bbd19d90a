/** What names the file of an entity. Apart from their schemas, so that a page that only looks for files leaves those out. */
export const quarantineIdOf = ({ path, blob }: { readonly path: string; readonly blob: string }): string =>
  `${path}@${blob}`;
export const rollbackIdOf = (branch: string): string => fileIdOf(branch, 'branch');
export const secretIdOf = (name: string): string => name.toLowerCase();
export const testHistoryIdOf = (repository: string): string => fileIdOf(repository, 'repository');

/** Of something that is called as people like: the word itself where that is a name, else one near it. */
function fileIdOf(text: string, fallback: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,80}$/.test(text)) return text;
  const near = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '');
  return `${near.slice(0, 80) || fallback}-${markOf(text)}`;
}

/** Of FNV-1a, twice over: words that differ only in what file names cannot say must not share a file. */
function markOf(text: string): string {
  return [0x811c9dc5, 0x01234567]
    .map((seed) => [...text].reduce((hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193), seed))
    .map((hash) => (hash >>> 0).toString(16).padStart(8, '0'))
    .join('');
}
