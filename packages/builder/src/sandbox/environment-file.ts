/**
 * An environment as a file that only we can read, for those who start programs by order of somebody else (an engine, the
 * system's manager): neither a list of processes shows it, nor does it reach the program that carries the order.
 */
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Quoting = (value: string) => string;

/** Engines read a line as it is, so a value of many lines cannot be told to them. */
export const plain: Quoting = (value) => value.replaceAll(/[\r\n]+/g, ' ');
/** The system's manager reads quotes, and what stands between them may have many lines. */
export const quoted: Quoting = (value) => `"${value.replaceAll(/["\\$`]/g, '\\$&')}"`;

export async function writeEnvironment(
  folder: string,
  environment: Readonly<Record<string, string>>,
  quoting: Quoting,
): Promise<string> {
  const path = join(folder, `${randomBytes(8).toString('hex')}.env`);
  const lines = Object.entries(environment)
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => `${name}=${quoting(value)}\n`);
  await writeFile(path, lines.join(''), { mode: 0o600, flag: 'wx' });
  return path;
}
