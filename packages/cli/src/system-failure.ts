/**
 * What the operating system says no with (`EROFS`, `ENOTDIR`), as a failure of ours: the path it is about, and what to do.
 * The one place that knows those names; none of them is a fault of this program.
 */
import type { Failure } from './errors.ts';
import { hintFor } from './hints.ts';

interface Meaning {
  readonly code: Failure['code'];
  readonly text: string;
  /** Undefined: what the code itself advises. */
  readonly hint?: string;
}

const OTHER_PATH = 'name another path';
const OWNER = 'check who owns it and who may write there, or name another path';

const MEANINGS: Readonly<Record<string, Meaning>> = {
  EACCES: { code: 'DENIED', text: 'you may not use it', hint: OWNER },
  EPERM: { code: 'DENIED', text: 'the system does not permit it', hint: OWNER },
  EROFS: { code: 'READ_ONLY', text: 'that file system is read-only' },
  ENOSPC: { code: 'DISK_FULL', text: 'the disk is full' },
  EDQUOT: { code: 'DISK_FULL', text: 'your share of the disk is used up' },
  ENOENT: { code: 'NOT_FOUND', text: 'there is no such file or folder', hint: 'check the path' },
  ENOTDIR: { code: 'USAGE', text: 'a part of that path is a file, not a folder', hint: OTHER_PATH },
  EISDIR: { code: 'USAGE', text: 'it is a folder, not a file', hint: 'name a file' },
  EEXIST: { code: 'USAGE', text: 'it exists already, and is not what is needed there', hint: OTHER_PATH },
  ENAMETOOLONG: { code: 'USAGE', text: 'that name is too long', hint: 'use a shorter one' },
  ELOOP: { code: 'USAGE', text: 'its links lead in a circle', hint: OTHER_PATH },
  EMFILE: { code: 'LIMIT_REACHED', text: 'too many files are open in this program' },
  ENFILE: { code: 'LIMIT_REACHED', text: 'too many files are open on this machine' },
};

/** Undefined when it is not the system that said no. */
export function systemFailure(error: Error): Failure | undefined {
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  const meaning = code !== undefined && Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
  if (!meaning || syscall === undefined) return undefined;
  if (syscall.startsWith('spawn')) return notStarted(path ?? syscall, code, meaning);
  // With all above it made or there, a folder is missing only where the system makes none.
  if (syscall === 'mkdir' && code === 'ENOENT') return notMade(String(path));
  const message =
    path === undefined ? `${meaning.text} (${syscall})` : `${path} cannot be ${deedOf(syscall)}: ${meaning.text}`;
  return { code: meaning.code, message, hint: meaning.hint ?? hintFor(meaning.code) };
}

const notMade = (path: string): Failure => ({
  code: 'USAGE',
  message: `${path} cannot be made: the system lets nobody make a folder there`,
  hint: OTHER_PATH,
});

function notStarted(
  program: string,
  errno: string | undefined,
  { code, text, hint = hintFor(code) }: Meaning,
): Failure {
  if (errno !== 'ENOENT') return { code, message: `${program} cannot be started: ${text}`, hint };
  return { code: 'NOT_FOUND', message: `${program} is not installed here`, hint: `install ${program}` };
}

const DEEDS: Readonly<Record<string, string>> = {
  mkdir: 'made',
  scandir: 'listed',
  open: 'opened',
  rename: 'replaced',
  write: 'written',
};

const deedOf = (syscall: string): string => DEEDS[syscall] ?? 'used';
