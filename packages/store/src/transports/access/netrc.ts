/** The file in which curl, Git and others look for the login of a host. */
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface NetrcQuestion {
  readonly host: string;
  /** Where the address names one, no other will do. */
  readonly user?: string | undefined;
}

/** NETRC names the file; else it is `.netrc` at home, or `_netrc`, as Windows has it. */
export async function netrcLogin(env: NodeJS.ProcessEnv, question: NetrcQuestion): Promise<Login | undefined> {
  const home = env.HOME || homedir();
  const paths = env.NETRC ? [env.NETRC] : [join(home, '.netrc'), join(home, '_netrc')];
  for (const path of paths) {
    // A file that is not there, or not ours to read, holds no login for us.
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text !== undefined) return findLogin(text, question);
  }
  return undefined;
}

export function findLogin(text: string, { host, user }: NetrcQuestion): Login | undefined {
  const fits = (entry: Entry) =>
    (entry.machine === undefined || entry.machine === host) && (!user || !entry.login || entry.login === user);
  const found = entriesIn(text).find((it) => fits(it) && it.password !== undefined);
  if (found?.password === undefined) return undefined;
  return { user: found.login ?? user ?? '', password: found.password };
}

interface Entry {
  /** Left out: the default, for every host that was not named before it. */
  machine?: string | undefined;
  login?: string | undefined;
  password?: string | undefined;
}

function entriesIn(text: string): Entry[] {
  const entries: Entry[] = [];
  const words = tokensIn(text).values();
  for (const word of words) {
    const last = entries.at(-1);
    if (word === 'default') entries.push({});
    else if (word === 'machine') entries.push({ machine: words.next().value?.toLowerCase() });
    else if (last && (word === 'login' || word === 'password')) last[word] = words.next().value;
    else if (word === 'account') words.next();
  }
  return entries;
}

/** Macros reach to the next empty line, comments to the end of theirs. Quotes keep spaces together. */
function tokensIn(text: string): string[] {
  const plain = text.replace(/^\s*macdef\b[\s\S]*?(\n\s*\n|$(?![\s\S]))/gm, '\n').replace(/^\s*#.*$/gm, '');
  const words = plain.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? [];
  return words.map((it) => (it.startsWith('"') ? it.slice(1, -1).replace(/\\(.)/g, '$1') : it));
}
