/**
 * The page as it is built, made once for all spec files: kept under a name that says of which sources it is, so that no
 * spec judges an old page. What is of other sources goes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ROOT = at('../../../../');
const KEPT = join(ROOT, 'node_modules/.cache/gityard-page');
const OLD_MS = 3_600_000;

export async function builtPages(): Promise<string> {
  const folder = join(KEPT, await keyOfSources());
  if (existsSync(folder)) return folder;
  await mkdir(KEPT, { recursive: true });
  await removeOld();
  const { build } = await import('vite');
  const fresh = await mkdtemp(join(KEPT, 'building-'));
  await build({ configFile: at('../../vite.config.ts'), logLevel: 'error', build: { outDir: fresh } });
  // Another spec file may have been quicker: then its page is the same.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true }));
  return folder;
}

const SOURCES = ['dashboard', 'domain/src', 'domain/generated', 'api/src', 'yard/src'];
const NO_SOURCE = /[\\/](?:dist|suites|testing|node_modules)[\\/]|\.test\.ts$/;

async function keyOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const folder = join(ROOT, 'packages', source);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = files.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
    for (const path of paths.filter((it) => !NO_SOURCE.test(it)).sort()) {
      const { mtimeMs, size } = await stat(path);
      hash.update(`${path} ${mtimeMs} ${size}\n`);
    }
  }
  return hash.digest('hex').slice(0, 16);
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(KEPT)) {
    const path = join(KEPT, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > OLD_MS) await rm(path, { recursive: true, force: true });
  }
}
