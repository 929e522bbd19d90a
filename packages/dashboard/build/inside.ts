/**
 * Writes down which packages of others are in the built page, its worker included: whoever hands the page on owes their
 * licences. Read by `packages/cli/scripts/pack`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = /^.*\/(node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** Two plugins, since a worker is bundled by itself, before the page that starts it: the second writes for both. */
export function insideTo(file: string): { readonly worker: Plugin; readonly page: Plugin } {
  const folders = new Set<string>();
  const note: Plugin['generateBundle'] = (_, bundle) => {
    for (const it of Object.values(bundle)) if (it.type === 'chunk') for (const id of it.moduleIds) keep(folders, id);
  };
  return {
    worker: { name: 'inside-worker', apply: 'build', generateBundle: note },
    page: {
      name: 'inside',
      apply: 'build',
      generateBundle: note,
      writeBundle() {
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, `${JSON.stringify([...folders].sort(), null, 2)}\n`);
      },
    },
  };
}

function keep(folders: Set<string>, id: string): void {
  const folder = PACKAGE.exec(id.replaceAll('\\', '/'))?.[1];
  if (folder !== undefined) folders.add(folder);
}
