/**
 * Writes into the service worker which files this build is made of, with what proves each of them: it then takes a build
 * whole or not at all. The list is sorted and holds no time, so that the same sources give the same bytes.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const SERVICE_WORKER = 'service-worker.js';
const PLACEHOLDER = '__GITYARD_FILES__';

export const precache: Plugin = {
  name: 'precache',
  apply: 'build',
  async writeBundle({ dir = '' }, bundle) {
    const names = Object.keys(bundle).filter((name) => name !== SERVICE_WORKER && !name.endsWith('.map'));
    const files = await Promise.all(
      names.sort().map(async (name) => [pathOf(name), integrityOf(await readFile(join(dir, name)))]),
    );
    const place = join(dir, SERVICE_WORKER);
    const code = await readFile(place, 'utf8');
    if (code.split(PLACEHOLDER).length !== 2) throw new Error(`${SERVICE_WORKER} must name ${PLACEHOLDER} once`);
    await writeFile(
      place,
      code.replace(PLACEHOLDER, () => JSON.stringify(files)),
    );
  },
};

/** Some hosts send on from `index.html` to the folder, and what was sent on cannot stand for a page. */
const pathOf = (name: string): string => (name === 'index.html' ? './' : name);

const integrityOf = (bytes: Uint8Array): string => `sha256-${createHash('sha256').update(bytes).digest('base64')}`;
