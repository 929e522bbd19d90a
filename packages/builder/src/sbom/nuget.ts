/**
 * NuGet: `packages.lock.json`, and where a project has none what its restore resolved (`obj/project.assets.json`). Their digest
 * is one of the content, which for a signed package is not that of the file: it is told as what it is.
 */
import { baseName, type Component, fieldsOf, type LockFile, type LockReader, textOf } from './component.ts';

const LOCK = 'packages.lock.json';
const ASSETS = '/obj/project.assets.json';

export const nuget: LockReader = {
  reads: (path) => baseName(path) === LOCK || `/${path}`.endsWith(ASSETS),
  components(files) {
    const locked = new Set(files.filter(isLock).map(({ path }) => path.slice(0, -LOCK.length)));
    const needed = files.filter((it) => isLock(it) || !locked.has(it.path.slice(0, 1 - ASSETS.length)));
    return needed.flatMap((it) => (isLock(it) ? fromLock(JSON.parse(it.text)) : fromAssets(JSON.parse(it.text))));
  },
};

const isLock = ({ path }: LockFile): boolean => baseName(path) === LOCK;

function fromLock(value: unknown): Component[] {
  return Object.values(fieldsOf(fieldsOf(value).dependencies)).flatMap((framework) =>
    Object.entries(fieldsOf(framework)).flatMap(([name, it]) => {
      const { type, resolved, contentHash } = fieldsOf(it);
      return type === 'Project' ? [] : [component(name, resolved, contentHash)];
    }),
  );
}

/** Libraries are named `Newtonsoft.Json/13.0.3`. */
function fromAssets(value: unknown): Component[] {
  return Object.entries(fieldsOf(fieldsOf(value).libraries)).flatMap(([key, it]) => {
    const [name = '', version] = key.split('/');
    const { type, sha512 } = fieldsOf(it);
    return type === 'package' ? [component(name, version, sha512)] : [];
  });
}

function component(name: string, version: unknown, hash: unknown): Component {
  const contentHash = textOf(hash);
  const properties = contentHash === null ? {} : { properties: { 'nuget:contentHash': contentHash } };
  return { name, version: textOf(version), ecosystem: 'nuget', scope: 'required', hashes: [], ...properties };
}
