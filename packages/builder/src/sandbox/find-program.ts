/**
 * Whether a program can be started, said in the words in which the system itself would say it. In a sandbox it is the
 * sandbox that is started, and what that says about a missing program is meant for nobody.
 */
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Program } from './sandbox.ts';

export function whyNotStarted({ argv, folder, environment }: Program): NodeJS.ErrnoException | null {
  const [name = ''] = argv;
  const words = [...argv, ...Object.entries(environment).flat()];
  if (words.some((it) => it.includes('\0'))) return failure('ERR_INVALID_ARG_VALUE', 'a word of it holds a NUL');
  const places = name.includes('/')
    ? [resolve(folder, name)]
    : (environment.PATH ?? '').split(delimiter).map((it) => join(it === '' ? folder : it, name));
  const found = places.map(stateOf);
  if (name !== '' && found.includes('ready')) return null;
  return found.includes('locked')
    ? failure('EACCES', `spawn ${name} EACCES`)
    : failure('ENOENT', `spawn ${name} ENOENT`);
}

export function isInstalled(name: string): boolean {
  return SYSTEM.some((folder) => stateOf(join(folder, name)) === 'ready');
}

/** Where the programs that make a sandbox are looked for; what PATH says is the business of builds. */
const SYSTEM = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

function stateOf(path: string): 'ready' | 'locked' | 'missing' {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return 'missing';
  try {
    accessSync(path, constants.X_OK);
    return 'ready';
  } catch {
    // It is there, and not for us.
    return 'locked';
  }
}

const failure = (code: string, message: string): NodeJS.ErrnoException => Object.assign(new Error(message), { code });
