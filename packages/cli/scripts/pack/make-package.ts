/** Puts the npm package `gityard` together, in a folder of its own: the program, its page, its manual, and whose work is inside. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { COMMANDS } from '../../src/commands/list.ts';
import { completionFor, SHELLS } from '../../src/completion/list.ts';
import { billOf } from './bill.ts';
import { bundle } from './bundle.ts';
import { filesInPage, ownNeeds, packagesInside } from './inside.ts';
import { licencesText } from './licences.ts';
import { manifestOf, type OwnManifest } from './manifest.ts';
import { manualOf } from './manual.ts';

export interface MakePackage {
  /** The top of the checkout; the page and the declarations of types are built. */
  readonly root: string;
  /** What was there is removed. */
  readonly folder: string;
  readonly repository?: string | undefined;
}

/** What is handed on as it lies there: from where, and to where. Of `docs` only what is built, and nothing that somebody put there. */
const COPIED: readonly (readonly [string, string])[] = [
  ['docs/index.html', 'docs/index.html'],
  ['docs/service-worker.js', 'docs/service-worker.js'],
  ['docs/assets', 'docs/assets'],
  ['schemas', 'schemas'],
  ['packages/cli/workflows', 'workflows'],
  ['packages/cli/windows', 'windows'],
  ['packages/cli/README.md', 'README.md'],
  ['packages/cli/CHANGELOG.md', 'CHANGELOG.md'],
  ['packages/cli/LICENSE', 'LICENSE'],
  // It looks for them from two of its folders, which are one now.
  ['node_modules/@fastify/swagger-ui/static', 'static'],
  ['node_modules/@fastify/swagger-ui/static/logo.svg', 'dist/static/logo.svg'],
  ['node_modules/sql.js/dist/sql-wasm.wasm', 'dist/sql-wasm.wasm'],
];
/** Made after the page, and not by everybody. */
const GUIDE = 'docs/guide';
const DIGESTS = 'files.sha256';

/** Resolves with the version. */
export async function makePackage({ root, folder, repository }: MakePackage): Promise<string> {
  const pageFiles = await filesInPage(root);
  await rm(folder, { recursive: true, force: true });
  const files = await bundle(root, folder);
  await chmod(join(folder, 'dist/main.js'), 0o755);
  const copied = existsSync(join(root, GUIDE)) ? [...COPIED, [GUIDE, GUIDE] as const] : COPIED;
  for (const [from, to] of copied) await cp(join(root, from), join(folder, to), { recursive: true });
  await writeClientTypes(root, folder);

  const own = await jsonIn<OwnManifest>(join(root, 'packages/cli/package.json'));
  const workspace = await jsonIn<Parameters<typeof manifestOf>[0]['workspace']>(join(root, 'package.json'));
  const packages = await packagesInside(root, [...files, ...pageFiles, ...COPIED.map(([from]) => `${from}/`)]);
  const product = { version: own.version, licence: workspace.license, needs: await ownNeeds(root) };
  await write(folder, 'sbom.cdx.json', billOf(product, packages));
  await write(folder, 'THIRD-PARTY-LICENSES', licencesText(packages));

  const manuals = await writeManual(folder, own.version);
  const manifest = manifestOf({ own, workspace, manuals, repository });
  await write(folder, 'package.json', `${JSON.stringify(manifest, null, 2)}\n`);
  await write(folder, DIGESTS, await digestsOf(folder));
  return own.version;
}

async function writeManual(folder: string, version: string): Promise<readonly string[]> {
  const commands = await Promise.all(COMMANDS.map((it) => it.load()));
  for (const shell of SHELLS) await write(folder, `completions/gityard.${shell}`, completionFor(shell, commands));
  const pages = manualOf(commands, version);
  for (const { file, text } of pages) await write(folder, `man/${file}`, text);
  return pages.map(({ file }) => `man/${file}`);
}

/** The declarations that the compiler made, for whoever calls the API: without the packages that are not handed on. */
async function writeClientTypes(root: string, folder: string): Promise<void> {
  const built = join(root, 'packages/api/dist');
  const parts = (await readdir(join(built, 'client'))).filter((it) => it.endsWith('.d.ts')).map((it) => `client/${it}`);
  for (const file of ['client.d.ts', ...parts]) {
    const text = await readFile(join(built, file), 'utf8');
    const own = text.replaceAll(`'@gityard/domain'`, `'./generated.ts'`).replace(/(from '\.[^']*)\.ts'/g, "$1.js'");
    if (own.includes('@gityard/')) throw new Error(`types of ${file} need a package that is not handed on`);
    await write(folder, `types/${file}`, own);
  }
}

/** As `sha256sum -c` reads it. */
async function digestsOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((it) => it.isFile())
    .map((it) => relative(folder, join(it.parentPath, it.name)).split(sep).join('/'));
  const lines = await Promise.all(
    paths.sort().map(async (path) => {
      const digest = createHash('sha256').update(await readFile(join(folder, path)));
      return `${digest.digest('hex')}  ${path}\n`;
    }),
  );
  return lines.join('');
}

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const jsonIn = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, 'utf8')) as T;
