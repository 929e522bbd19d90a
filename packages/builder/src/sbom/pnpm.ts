/** `pnpm-lock.yaml`: packages under keys like `/left-pad@1.3.0` or `left-pad@1.3.0(peer@2.0.0)`. */
import { baseName, type Component, fieldsOf, hashesFrom, type LockReader } from './component.ts';

export const pnpmLock: LockReader = {
  reads: (path) => baseName(path) === 'pnpm-lock.yaml',
  async components(files) {
    const { parse } = await import('yaml');
    return files.flatMap(({ text }) => {
      const { packages } = fieldsOf(parse(text, { maxAliasCount: 20 }));
      return Object.entries(fieldsOf(packages)).flatMap(componentAt);
    });
  },
};

function componentAt([key, value]: [string, unknown]): Component[] {
  const [, name, version] = /^\/?(@?[^@()]+)@([^()]+)/.exec(key) ?? [];
  // A folder or an archive of the repository itself.
  if (!name || !version || /^(file|link):/.test(version)) return [];
  const entry = fieldsOf(value);
  const scope = entry.dev === true ? 'excluded' : entry.optional === true ? 'optional' : 'required';
  const hashes = hashesFrom(fieldsOf(entry.resolution).integrity);
  return [{ name, version, ecosystem: 'npm', scope, hashes }];
}
