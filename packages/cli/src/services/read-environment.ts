/** The file of a service's environment, into which a person writes, as its scripts read it. */
import { readFile } from 'node:fs/promises';

/** Empty where there is none for us to read. */
export async function readEnvironment(path: string): Promise<Readonly<Record<string, string>>> {
  const lines = (await readFile(path, 'utf8').catch(() => '')).split('\n');
  return Object.fromEntries(lines.flatMap((it) => [/^([A-Za-z_]\w*)=(.*)$/.exec(it)?.slice(1) ?? []].filter(isPair)));
}

const isPair = (it: string[]): it is [string, string] => it.length === 2;
