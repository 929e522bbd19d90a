/** What a service is rendered from: all that was found out and asked for, checked once, so that no renderer meets a hostile word. */
import { posix } from 'node:path';
import { usageError } from '../errors.ts';
import { joinFor } from './join-for.ts';

export interface ServiceFacts {
  /** Of the agent. */
  readonly id: string;
  /** `system`: for the whole machine, begun when it starts; `user`: for one person, by their own rights. */
  readonly scope: 'system' | 'user';
  /** The account that it runs as. */
  readonly user: string;
  readonly uid: number | null;
  /** Absolute. */
  readonly program: readonly [node: string, script: string];
  /** What follows `gityard agent run`. */
  readonly flags: readonly string[];
  /** GITYARD_HOME. */
  readonly home: string;
  /** HOME of the account. */
  readonly userHome: string;
  /** Of the daemon. */
  readonly path: string;
  readonly intervalSeconds: number;
  /** How long what runs may go on once it is told to stop. */
  readonly drainSeconds: number;
  /** Files of secrets; what is in them is never read here. */
  readonly tokenFile: string | null;
  readonly sshKey: string | null;
  readonly folders: ServiceFolders;
}

/** Where files of services go on this machine. */
export interface ServiceFolders {
  /** Settings of services, and what was installed. */
  readonly config: string;
  readonly systemd: string;
  readonly cron: string;
  readonly launchd: string;
  readonly newsyslog: string;
}

/** The account that an installation for the whole machine makes. */
export const OWN_USER = 'gityard';

/** What is installed for LocalService of Windows has a name that no system writes in a language of its own. */
export const LOCAL_SERVICE = 'S-1-5-19';

const USER = /^[a-z_][a-z0-9_.-]{0,30}\$?$/i;
const USER_OF_WINDOWS = /^(S-1-\d+(-\d+){1,14}|(\w[\w.-]{0,63}\\)?\w[\w. -]{0,63})$/i;

export function checkedFacts(facts: ServiceFacts): ServiceFacts {
  const { user, home, userHome, path, program, flags, tokenFile, sshKey, folders } = facts;
  const isWindows = joinFor(folders.config) !== posix.join;
  if (!(isWindows ? USER_OF_WINDOWS : USER).test(user))
    throw usageError(`${quoted(user)} is no name of an account`, 'name one as --user build');
  for (const word of flags) checkWord(word);
  for (const entry of [...program, home, userHome, path, tokenFile, sshKey, ...Object.values(folders)])
    if (entry !== null) checkPath(entry);
  return facts;
}

/** Every file of a service is a list of lines: a line break in a word would begin one of its own. */
function checkWord(word: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get through.
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029\ufffe\uffff]|\p{Surrogate}/u.test(word))
    throw usageError(`${quoted(word)} holds a line break or another control character`, 'write it without');
}

function checkPath(path: string): void {
  checkWord(path);
  // Where lines are joined by a backslash at their end, and spaces there are dropped, neither is written as it stands.
  if (/[\\\s]$/.test(path)) throw usageError(`${quoted(path)} ends in a space or a backslash`, 'name another path');
}

const quoted = (word: string): string => JSON.stringify(word);
