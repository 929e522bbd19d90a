/** Which file of a yard, or of a repository that is built, a path is. Pure. */

export type FileKind = 'yard' | 'branches' | 'queue' | 'recipe';

/** A `queue` folder is one of a yard where a yard.json lies beside it, which is for the caller to know. */
export function fileKind(path: string): FileKind | undefined {
  const parts = path.split(/[/\\]/);
  const name = parts.at(-1) ?? '';
  const folder = parts.at(-2);
  if (name === 'yard.json') return 'yard';
  if (name === 'branches_config.json' && folder === 'shared') return 'branches';
  if (/^gityard\.(?:ya?ml|json)$/.test(name)) return 'recipe';
  return folder === 'queue' && name.endsWith('.json') ? 'queue' : undefined;
}
