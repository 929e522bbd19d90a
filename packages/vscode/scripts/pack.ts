/** Packs the extension as `gityard-<version>.vsix` with the packer of the editor's makers, then looks into what it has packed. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { buildExtension } from './build.ts';
import { checkPackage } from './check-package.ts';

const HERE = join(import.meta.dirname, '..');
const TOOLS = join(HERE, 'tools');
const { version } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as { version: string };
const FILE = join(HERE, 'dist', `gityard-${version}.vsix`);
/** All that is shipped is in the script: nothing is installed with it. */
const PACK = ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', FILE];

// The packer brings 285 packages, and has a lock of its own for that.
if (!existsSync(join(TOOLS, 'node_modules')))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: TOOLS,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
await mkdir(join(HERE, 'dist'), { recursive: true });
await buildExtension();
execFileSync(process.execPath, [join(TOOLS, 'node_modules', '@vscode', 'vsce', 'vsce'), ...PACK], {
  cwd: HERE,
  stdio: ['ignore', 'ignore', 'inherit'],
});
const { files, sizeBytes } = await checkPackage(FILE);
process.stdout.write(`${FILE}: ${files.length} files, ${Math.round(sizeBytes / 1024)} KB\n`);
