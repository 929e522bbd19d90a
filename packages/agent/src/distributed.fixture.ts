/** A repository of small packages that need each other's outputs. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { git } from '@gityard/testing';

export type Packages = Readonly<
  Record<string, { readonly needs: readonly string[]; readonly build?: string; readonly tested?: true }>
>;

/** Each copies what its needs made, so that a build without their outputs fails; its test counts what is there. */
export async function packagesRepository(folder: string, packages: Packages): Promise<string> {
  const files: Record<string, string> = {
    'package.json': JSON.stringify({ name: 'all', private: true, workspaces: ['packages/*'] }),
    '.gitignore': 'node_modules\nout\n',
  };
  for (const [name, { needs, build, tested }] of Object.entries(packages)) {
    const inputs = needs.map((it) => `../${it}/out/made.txt`).join(' ');
    const make = `mkdir -p out && cat /dev/null ${inputs} > out/made.txt && echo ${name} >> out/made.txt`;
    files[`packages/${name}/package.json`] = JSON.stringify({
      name,
      version: '1.0.0',
      private: true,
      scripts: {
        build: build ?? make,
        ...(tested && { test: `grep -c . out/made.txt && printf '1..1\\nok 1 - ${name}\\n'` }),
      },
      dependencies: Object.fromEntries(needs.map((it) => [it, '1.0.0'])),
    });
  }
  files['gityard.yml'] = `artifacts: ['packages/*/out/*.txt']\n${cacheOf(Object.keys(packages))}`;
  await mkdir(folder, { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: folder });
  await git(['add', '--all'], { cwd: folder });
  await git(['commit', '--quiet', '--message', 'packages'], { cwd: folder });
  return folder;
}

const cacheOf = (names: readonly string[]): string =>
  `cache:\n  outputs: [${names.map((it) => `packages/${it}/out`).join(', ')}]\n`;
