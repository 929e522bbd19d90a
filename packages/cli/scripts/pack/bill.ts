/**
 * `sbom.cdx.json`: the bill of materials as CycloneDX 1.6 has it, of what is inside and nothing else. The same sources give the
 * same bytes: it bears no time and no number of its own.
 */
import { type Inside, keyOf } from './inside.ts';

export interface Product {
  readonly version: string;
  readonly licence: string;
  /** Names and versions of what it asks for itself. */
  readonly needs: readonly string[];
}

export function billOf({ version, licence, needs }: Product, packages: readonly Inside[]): string {
  const product = { name: 'gityard', version };
  const purls = new Map(packages.map((it) => [keyOf(it), purlOf(it)]));
  const purlsOf = (keys: readonly string[]): string[] => keys.flatMap((it) => purls.get(it) ?? []);
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': purlOf(product),
        ...product,
        licenses: licensesOf(licence),
        purl: purlOf(product),
      },
    },
    components: packages.map(componentOf),
    dependencies: [
      { ref: purlOf(product), dependsOn: purlsOf(needs) },
      ...packages.map((it) => ({ ref: purlOf(it), dependsOn: purlsOf(it.needs) })),
    ],
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function componentOf(it: Inside) {
  const [group, name] = it.name.startsWith('@') ? it.name.split('/') : [undefined, it.name];
  const [, digest] = /^sha512-([A-Za-z0-9+/]+=*)$/.exec(it.integrity ?? '') ?? [];
  const hash = digest && { alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') };
  return {
    type: 'library',
    'bom-ref': purlOf(it),
    ...(group !== undefined && { group }),
    name,
    version: it.version,
    ...(hash && { hashes: [hash] }),
    licenses: licensesOf(it.licence),
    purl: purlOf(it),
  };
}

const licensesOf = (licence: string) =>
  /^[\w.+-]+$/.test(licence) ? [{ license: { id: licence } }] : [{ expression: licence }];

/** As purl-spec has it: each part encoded, the sign of a scope too. */
const purlOf = ({ name, version }: Pick<Inside, 'name' | 'version'>): string =>
  `pkg:npm/${name.split('/').map(encodeURIComponent).join('/')}@${encodeURIComponent(version)}`;
