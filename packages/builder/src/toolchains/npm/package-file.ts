/** `package.json`, as far as a build has to know it. Whatever else stands in it is npm's business. */
import { BuildError } from '../../build-error.ts';
import { readText } from '../../workspace-files.ts';

export interface PackageFile {
  /** Below the checkout; '' is its top. */
  readonly folder: string;
  readonly name: string | null;
  readonly scripts: Readonly<Record<string, string>>;
  /** Names of packages that it needs, in whatever role. */
  readonly needs: readonly string[];
  readonly isPublishable: boolean;
  /** Folders of it in which what it publishes is made. */
  readonly outputs: readonly string[];
  readonly workspaces: readonly string[];
  readonly packageManager: string | null;
}

/** Throws where it is there and cannot be read: nothing could be built then. */
export async function readPackageFile(source: string, folder: string): Promise<PackageFile> {
  const path = folder === '' ? 'package.json' : `${folder}/package.json`;
  const value = parsed(await readText(source, path));
  if (value === null) throw new BuildError('code', `${path} is not a JSON object`);
  return {
    folder,
    name: textOf(value.name),
    scripts: textsOf(value.scripts),
    needs: NEEDS.flatMap((field) => Object.keys(recordOf(value[field]))),
    isPublishable: isPublishable(value),
    outputs: outputsOf(value),
    workspaces: workspacesOf(value.workspaces),
    packageManager: textOf(value.packageManager),
  };
}

/** What `npm init` writes until somebody has tests is none. */
export function scriptOf({ scripts }: PackageFile, name: 'build' | 'test'): string | undefined {
  const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  return script === undefined || script === '' || /no test specified/.test(script) ? undefined : script;
}

type Values = Readonly<Record<string, unknown>>;

const NEEDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

function parsed(text: string | null): Values | null {
  try {
    const value: unknown = JSON.parse((text ?? '').replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : null;
  } catch {
    // Told by the caller, in words that name the file.
    return null;
  }
}

function isPublishable(file: Values): boolean {
  const declares = ['files', 'bin', 'main', 'exports'].some((field) => file[field] !== undefined);
  return declares && Boolean(file.name && file.version) && file.private !== true;
}

/** Names of folders that nobody writes sources into; those of others (`lib`) a recipe may name. */
const MADE = new Set(['dist', 'build', 'out', 'esm', 'cjs']);

/** Where its entry points lie, and the usual places. */
function outputsOf(file: Values): readonly string[] {
  const fields = ['main', 'module', 'types', 'typings', 'browser', 'bin', 'exports', 'files'];
  const named = fields
    .flatMap((field) => pathsIn(file[field], 0))
    .map((it) => it.replace(/^\.\//, '').split('/')[0] ?? '');
  return ['dist', 'build', ...new Set(named.filter((it) => MADE.has(it) && it !== 'dist' && it !== 'build'))];
}

function pathsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 5) return [];
  return Object.values(value).flatMap((it) => pathsIn(it, depth + 1));
}

function workspacesOf(value: unknown): readonly string[] {
  const patterns = Array.isArray(value) ? value : recordOf(value).packages;
  return Array.isArray(patterns) ? patterns.filter((it) => typeof it === 'string') : [];
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const recordOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {};
const textsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(recordOf(value)).filter((it): it is [string, string] => typeof it[1] === 'string'));
