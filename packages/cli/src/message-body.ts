/** The text of a message: from its flag, a file or standard input, and never more of it than a message may hold. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageSchema } from '@gityard/domain';
import { CliError, usageError } from './errors.ts';
import type { Io } from './start/io.ts';

export interface BodySource {
  readonly body: string | undefined;
  readonly file: string | undefined;
}

const MOST_CHARACTERS = messageSchema.properties.body.maxLength;
/** A character takes up to four bytes: beyond this no file can fit, whatever is in it. */
const MOST_BYTES = MOST_CHARACTERS * 4;

export async function readBody({ cwd, stdin }: Io, { body, file }: BodySource): Promise<string> {
  if (body !== undefined && file !== undefined)
    throw usageError('both --body and --file were given', 'give one of them');
  if (file !== undefined) return fitting(await readFileUpTo(resolve(cwd, file), file), `--file ${file}`);
  if (body !== '-') return fitting(body ?? '', '--body');
  return fitting(await readUpTo(stdin, 'standard input'), 'standard input');
}

async function readFileUpTo(path: string, file: string): Promise<string> {
  const handle = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? usageError(`--file ${file} is not there`, 'check the path') : cause;
  });
  try {
    const found = await handle.stat();
    if (found.isDirectory()) throw usageError(`--file ${file} is a folder`, 'name a file');
    if (found.size > MOST_BYTES) throw tooLarge(`--file ${file}`, `${found.size} bytes`);
    // Not all that can be read has a size: a pipe, or a device without an end.
    return await readUpTo(handle.createReadStream({ autoClose: false }), `--file ${file}`);
  } finally {
    await handle.close();
  }
}

async function readUpTo(stream: AsyncIterable<Uint8Array | string>, what: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(Buffer.from(chunk));
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw tooLarge(what, `more than ${MOST_BYTES} bytes`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function fitting(text: string, what: string): string {
  if (text.length > MOST_CHARACTERS) throw tooLarge(what, `${text.length} characters`);
  return text;
}

const tooLarge = (what: string, size: string): CliError =>
  new CliError('TOO_LARGE', `${what} is too long for a message: ${size}, at most ${MOST_CHARACTERS} characters fit`, {
    hint: 'put it into a repository or on a server, and send its address',
  });
