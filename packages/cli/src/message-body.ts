/** The text of a message: from its flag, a file or standard input, and never more of it than a message may hold. */
import { resolve } from 'node:path';
import { messageSchema } from '@gityard/domain';
import { CliError, usageError } from './errors.ts';
import { readFileUpTo, readStreamUpTo } from './read-up-to.ts';
import type { Io } from './start/io.ts';

export interface BodySource {
  readonly body: string | undefined;
  readonly bodyFile: string | undefined;
}

const MOST_CHARACTERS = messageSchema.properties.body.maxLength;
/** A character takes up to four bytes: beyond this no file can fit, whatever is in it. */
const MOST_BYTES = MOST_CHARACTERS * 4;

export async function readBody({ cwd, stdin }: Io, { body, bodyFile: file }: BodySource): Promise<string> {
  if (body !== undefined && file !== undefined)
    throw usageError('both --body and --body-file were given', 'give one of them');
  if (file !== undefined) {
    const what = `--body-file ${file}`;
    return textOf(await readFileUpTo(resolve(cwd, file), { mostBytes: MOST_BYTES, what }), what);
  }
  if (body !== '-') return fitting(body ?? '', '--body');
  return textOf(await readStreamUpTo(stdin, MOST_BYTES), 'standard input');
}

function textOf(bytes: Uint8Array | undefined, what: string): string {
  if (!bytes) throw tooLarge(what, `more than ${MOST_BYTES} bytes`);
  return fitting(decoded(bytes, what), what);
}

function decoded(bytes: Uint8Array, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Only bytes that are no text throw here.
    throw new CliError('INVALID_DATA', `${what} is no text in UTF-8`, { hint: 'send such a file with --file' });
  }
}

function fitting(text: string, what: string): string {
  const characters = [...text].length;
  if (characters > MOST_CHARACTERS) throw tooLarge(what, `${characters} characters`);
  return text;
}

const tooLarge = (what: string, size: string): CliError =>
  new CliError('TOO_LARGE', `${what} is too long for a message: ${size}, at most ${MOST_CHARACTERS} characters fit`, {
    hint: 'send it as a file with --file',
  });
