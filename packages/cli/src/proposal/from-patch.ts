/** The files that a patch makes of those of the yard: git applies it, in an empty folder, to copies of what it names. */
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { ProposedFile, Yard } from '@gityard/yard';
import { CliError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';
import { askGit } from './run-git.ts';

const MOST_BYTES = 16_000_000;
/** What a patch says of its files; lines of a changed text may look so too, and then name nothing. */
const NAMED = /^(?:--- |\+\+\+ |rename (?:from|to) |copy (?:from|to) )(?:[ab]\/)?(.+?)(?:\t.*)?\r?$/gm;

export async function fromPatch(
  name: string,
  { cwd, yard }: { cwd: string; yard: Yard },
): Promise<readonly ProposedFile[]> {
  const patch = await readFileUpTo(resolve(cwd, name), { mostBytes: MOST_BYTES, what: name });
  if (!patch) throw new CliError('TOO_LARGE', `${name} has more than ${MOST_BYTES} bytes`, { hint: 'split it' });
  const folder = await mkdtemp(join(tmpdir(), 'gityard-patch-'));
  try {
    const files = join(folder, 'files');
    await mkdir(files);
    await writeFile(join(folder, 'patch'), patch);
    const before = await copyNamed(files, Buffer.from(patch).toString(), yard);
    // Neither a repository around the folder nor its settings have a say.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: folder, GIT_DIR: join(folder, 'none') };
    if (!(await askGit(['apply', '--whitespace=nowarn', join(folder, 'patch')], { cwd: files, env })))
      throw new CliError('CONFLICT', `${name} does not apply to the yard as it is now`, {
        hint: 'make it anew on what is there',
      });
    return await changedIn(files, before);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyNamed(folder: string, patch: string, yard: Yard): Promise<Map<string, Uint8Array>> {
  const before = new Map<string, Uint8Array>();
  const names = new Set(Array.from(patch.matchAll(NAMED), ([, name]) => name ?? ''));
  for (const path of [...names].filter(isSafe)) {
    const content = yard.read(path);
    if (!content) continue;
    before.set(path, content);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return before;
}

const isSafe = (path: string): boolean =>
  !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

async function changedIn(folder: string, before: ReadonlyMap<string, Uint8Array>): Promise<ProposedFile[]> {
  const found = await filesIn(folder);
  const paths = new Set(found.map((it) => it.path));
  const gone = [...before.keys()].filter((path) => !paths.has(path));
  return [...found, ...gone.map((path) => ({ path, mode: '100644', content: null }))];
}

async function filesIn(folder: string): Promise<ProposedFile[]> {
  const names = await readdir(folder, { recursive: true });
  const files: ProposedFile[] = [];
  for (const name of names.sort()) {
    const path = join(folder, name);
    const found = await lstat(path);
    if (found.isDirectory()) continue;
    const mode = found.isSymbolicLink() ? '120000' : found.mode & 0o100 ? '100755' : '100644';
    const content = found.isSymbolicLink() ? Buffer.from(await readlink(path)) : await readFile(path);
    files.push({ path: name.replaceAll('\\', '/'), mode, content });
  }
  return files;
}
