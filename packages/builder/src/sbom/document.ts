/**
 * The bill of materials as CycloneDX 1.6 has it. The same commit gives the same bytes: it bears no time, and its serial number
 * is made of what was built.
 */
import { createHash } from 'node:crypto';
import type { Component } from './component.ts';

export interface Subject {
  readonly repository: string | null;
  readonly commit: string | null;
  /** It is known that there is more than what could be listed. */
  readonly isIncomplete: boolean;
}

/** Whoever makes more of them can still say so in a file of his own. */
const MOST_COMPONENTS = 20_000;

export function documentOf({ repository, commit, isIncomplete }: Subject, components: readonly Component[]): string {
  const name =
    (repository ?? 'build')
      .replace(/[/\\]+$/, '')
      .replace(/^.*[/\\:]/, '')
      .replace(/\.git$/, '') || 'build';
  const ref = `${name}@${commit ?? '0'}`;
  const listed = [...new Map(components.map((it) => [purlOf(it), entryOf(it)])).entries()].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(`${repository ?? ''} ${commit ?? ''}`)}`,
    version: 1,
    metadata: {
      tools: { components: [{ type: 'application', name: 'gityard' }] },
      component: { type: 'application', 'bom-ref': ref, name, ...(commit && { version: commit }) },
    },
    components: listed.slice(0, MOST_COMPONENTS).map(([, it]) => it),
    ...((isIncomplete || listed.length > MOST_COMPONENTS) && {
      compositions: [{ aggregate: 'incomplete', assemblies: [ref] }],
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function entryOf(component: Component) {
  const { name, group, version, scope, hashes, properties = {} } = component;
  const purl = purlOf(component);
  const listed = Object.entries(properties).map(([key, value]) => ({ name: key, value }));
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group !== undefined && { group }),
    name,
    ...(version !== null && { version }),
    scope,
    ...(hashes.length > 0 && { hashes }),
    purl,
    ...(listed.length > 0 && { properties: listed }),
  };
}

/** As purl-spec has it: each part encoded, the sign of a scope too. */
function purlOf({ ecosystem, group, name, version }: Component): string {
  const path = [...(group === undefined ? [] : [group]), ...name.split('/')].map(encodeURIComponent).join('/');
  return `pkg:${ecosystem}/${path}${version === null ? '' : `@${encodeURIComponent(version)}`}`;
}

/** Version 5 in its form, of SHA-256 instead of SHA-1. */
function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
