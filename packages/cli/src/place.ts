/**
 * Where the files lie that the program brings along. Packed, all of them are beside it in its package; in a checkout that package is
 * `packages/cli`, and the built page is at the top. Everything else that reads a file of the program asks here.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One above `src`, `dist` and the packed program alike: this file stays directly in that folder. */
const PACKAGE = new URL('../', import.meta.url);
const inPackage = (path: string): string => fileURLToPath(new URL(path, PACKAGE));

/** Where all of it is. */
export const PACKAGE_FOLDER = inPackage('');
/** Names the version. */
export const MANIFEST = inPackage('package.json');
/** Only there where it was packed: what `sha256sum -c` reads. */
export const FILE_DIGESTS = inPackage('files.sha256');
export const WORKFLOW_TEMPLATES = inPackage('workflows/');
/** What a process of the program's own begins with. */
export const MAIN = fileURLToPath(new URL('main.js', import.meta.url));

/** The built page. */
export const PAGES = existsSync(inPackage('docs/')) ? inPackage('docs/') : inPackage('../../docs/');
