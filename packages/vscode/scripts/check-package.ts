/** Looks into a packed extension: that all is there which its manifest names, and nothing that was not meant to be shipped. */
import { stat } from 'node:fs/promises';
import { openPromise } from 'yauzl';

const MOST_BYTES = 600 * 1024;
const SHIPPED =
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt|dist\/(extension\.cjs|schemas\/[\w-]+\.schema\.json)|media\/[\w-]+\.(svg|png))$/i;

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly contributes: {
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly yamlValidation: readonly { readonly url: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
}

/** Throws with all that is wrong. */
export async function checkPackage(
  path: string,
): Promise<{ readonly files: readonly string[]; readonly sizeBytes: number }> {
  const { size: sizeBytes } = await stat(path);
  const { files, manifest } = await contentOf(path);
  const { main, icon, contributes } = manifest;
  const named = [
    main,
    icon,
    ...contributes.jsonValidation,
    ...contributes.yamlValidation,
    ...contributes.viewsContainers.activitybar,
  ].map((it) => (typeof it === 'string' ? it : 'url' in it ? it.url : it.icon));
  const wanted = [
    ...named.map((it) => `extension/${it.replace(/^\.\//, '')}`),
    'extension.vsixmanifest',
    '[Content_Types].xml',
    'extension/LICENSE.txt',
    'extension/readme.md',
    'extension/changelog.md',
  ];
  const problems = [
    ...wanted.filter((it) => !files.includes(it)).map((it) => `${it} is missing`),
    ...files
      .filter((it) => it.startsWith('extension/') && !SHIPPED.test(it))
      .map((it) => `${it} is not meant to be shipped`),
    ...(sizeBytes > MOST_BYTES ? [`it has ${sizeBytes} bytes, and may have ${MOST_BYTES}`] : []),
  ];
  if (problems.length > 0) throw new Error(`${path} may not be shipped so:\n${problems.join('\n')}`);
  return { files, sizeBytes };
}

async function contentOf(path: string): Promise<{ readonly files: readonly string[]; readonly manifest: Manifest }> {
  const zip = await openPromise(path);
  const files: string[] = [];
  let manifest: Manifest | undefined;
  for await (const entry of zip.eachEntry()) {
    files.push(entry.fileName);
    if (entry.fileName !== 'extension/package.json') continue;
    const pieces: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) pieces.push(piece as Buffer);
    manifest = JSON.parse(Buffer.concat(pieces).toString()) as Manifest;
  }
  if (!manifest) throw new Error(`${path} has no extension/package.json`);
  return { files, manifest };
}
