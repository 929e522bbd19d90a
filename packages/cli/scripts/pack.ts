/**
 * `npm run pack`: makes the npm package `gityard` in `packages/cli/package`, and prints that folder; `npm pack` there makes the
 * archive. With `--repository <https address>` the package says where it comes from, as provenance asks.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makePackage } from './pack/make-package.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = fileURLToPath(new URL('../package', import.meta.url));
const { values } = parseArgs({ options: { repository: { type: 'string' } } });

await makePackage({ root, folder, ...values });
process.stdout.write(`${folder}\n`);
