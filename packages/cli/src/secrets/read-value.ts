/**
 * The value of a secret as a person gives it: a file, a pipe, or typed without being shown. Never a word of the command line,
 * which every user of the machine can see and the shell remembers.
 */
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { MOST_SECRET_BYTES, SecretError, valueFrom } from '@gityard/agent';
import { CliError, Interrupted } from '../errors.ts';
import { readFileUpTo, readStreamUpTo } from '../read-up-to.ts';
import type { Io } from '../start/io.ts';

export async function readValue(
  io: Io,
  { name, fromFile }: { name: string; fromFile?: string | undefined },
): Promise<string> {
  if (fromFile !== undefined) {
    const what = `--from-file ${fromFile}`;
    return checked(await readFileUpTo(resolve(io.cwd, fromFile), { mostBytes: MOST_SECRET_BYTES, what }), what);
  }
  const { isTTY } = io.stdin as NodeJS.ReadStream;
  if (!isTTY) return checked(await readStreamUpTo(io.stdin, MOST_SECRET_BYTES), 'standard input');
  return checked(Buffer.from(await typed(io, `value of ${name} (is not shown): `)), 'what was typed');
}

function checked(bytes: Uint8Array | undefined, what: string): string {
  if (!bytes) throw new CliError('TOO_LARGE', `${what} has more than ${MOST_SECRET_BYTES} bytes`);
  return orInvalid(() => valueFrom(bytes, what));
}

export function orInvalid<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof SecretError) throw new CliError('INVALID_DATA', error.message);
    throw error;
  }
}

async function typed({ stdin, stderr }: Io, question: string): Promise<string> {
  // A terminal echoes by what it is given as output; this one shows nothing of it.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: stdin, output: nowhere, terminal: true });
  // Not before the terminal echoes nothing any more: some begin to type at once.
  stderr.write(question);
  const givenUp = new Promise<never>((_, reject) => {
    for (const event of ['SIGINT', 'close']) asking.once(event, () => reject(new Interrupted(130)));
  });
  try {
    return await Promise.race([asking.question(''), givenUp]);
  } finally {
    asking.close();
    stderr.write('\n');
  }
}
