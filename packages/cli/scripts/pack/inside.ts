/** The packages of others that are inside what is packed: found by the files that really went in, and told by their own manifests. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Inside {
  readonly name: string;
  readonly version: string;
  /** As its authors say it, an SPDX expression. */
  readonly licence: string;
  /** Texts that must go along: licences, notices. */
  readonly texts: readonly string[];
  /** `sha512-…` of the archive that it was installed from. */
  readonly integrity?: string | undefined;
  /** Names and versions of what it needs, as far as that is inside as well. */
  readonly needs: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, unknown>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
}

export const keyOf = ({ name, version }: Pick<Inside, 'name' | 'version'>): string => `${name}@${version}`;

/** `files`: from the top of the checkout. */
export async function packagesInside(root: string, files: readonly string[]): Promise<readonly Inside[]> {
  const folders = [...new Set(files.flatMap((it) => packageFolder(it) ?? []))].sort();
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const manifests = new Map<string, Manifest>();
  for (const folder of folders) manifests.set(folder, await manifestIn(join(root, folder)));
  const found = new Map<string, Inside>();
  for (const [folder, manifest] of manifests) {
    const { name, version, license, dependencies, peerDependencies, peerDependenciesMeta } = manifest;
    const wanted = Object.keys({ ...dependencies, ...peerDependencies, ...peerDependenciesMeta });
    const needs = wanted.flatMap((it) => keyFrom(folder, it, manifests) ?? []);
    const licence = typeof license === 'object' ? license.type : license;
    if (!licence) throw new Error(`${folder} names no licence: nobody may hand it on`);
    const texts = await textsIn(join(root, folder));
    const { integrity } = lock.packages[folder] ?? {};
    found.set(keyOf(manifest), { name, version, licence, texts, integrity, needs: [...new Set(needs)].sort() });
  }
  withSwaggerUi(manifests, found);
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A package within a package is its own. */
const packageFolder = (file: string): string | undefined =>
  /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file.replaceAll('\\', '/'))?.[1];

const manifestIn = async (folder: string): Promise<Manifest> =>
  JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** As Node looks for it: in the folder itself, then in those above. */
function keyFrom(folder: string, name: string, manifests: ReadonlyMap<string, Manifest>): string | undefined {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const manifest = manifests.get(`${at}${at === '' ? '' : '/'}node_modules/${name}`);
    if (manifest) return keyOf(manifest);
    if (at === '') return undefined;
  }
}

const LEGAL = /^(?:licen[cs]e|copying|notice)\b/i;

async function textsIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((it) => LEGAL.test(it) && !/\.(?:js|ts|json)$/.test(it)).sort();
  return Promise.all(names.map(async (it) => (await readFile(join(folder, it), 'utf8')).trim()));
}

const SWAGGER_NOTICE = 'swagger-ui\nCopyright 2020-2021 SmartBear Software Inc.';

/** The files of Swagger UI lie within the package that serves them, which names their version among what it is made with. */
function withSwaggerUi(manifests: ReadonlyMap<string, Manifest>, found: Map<string, Inside>): void {
  const manifest = [...manifests.values()].find((it) => it.name === '@fastify/swagger-ui');
  const server = manifest && found.get(keyOf(manifest));
  if (!server) return;
  const version = manifest.devDependencies?.['swagger-ui-dist'] ?? '';
  const apache = [...found.values()].find((it) => it.licence === 'Apache-2.0' && it.texts[0]?.includes('Version 2.0'));
  if (!/^\d+\.\d+\.\d+$/.test(version) || !apache)
    throw new Error('@fastify/swagger-ui no longer says which Swagger UI it brings');
  const texts = [apache.texts[0] ?? '', SWAGGER_NOTICE];
  const files: Inside = { name: 'swagger-ui-dist', version, licence: 'Apache-2.0', texts, needs: [] };
  found.set(keyOf(files), files);
  found.set(keyOf(server), { ...server, needs: [...server.needs, keyOf(files)].sort() });
}

/** What our own packages ask for; their versions are exact. */
export async function ownNeeds(root: string): Promise<readonly string[]> {
  const folders = await readdir(join(root, 'packages'));
  const manifests = await Promise.all(
    folders.map((it) => manifestIn(join(root, 'packages', it)).catch((): Partial<Manifest> => ({}))),
  );
  const named = manifests.flatMap(({ dependencies = {} }) => Object.entries(dependencies));
  return [...new Set(named.map(([name, version]) => `${name}@${version}`))].sort();
}

/** Written by the build of the page (`packages/dashboard/build/inside.ts`). */
export async function filesInPage(root: string): Promise<readonly string[]> {
  const file = join(root, 'packages/dashboard/dist/inside.json');
  if (!existsSync(file) || !existsSync(join(root, 'docs/index.html')))
    throw new Error('the page was not built yet; run npm run build first');
  const folders = JSON.parse(await readFile(file, 'utf8')) as readonly string[];
  return folders.map((it) => `${it}/package.json`);
}
