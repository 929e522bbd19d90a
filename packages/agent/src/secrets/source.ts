/**
 * The contract of a place where secrets are kept for this agent. A place says "not here" or gives the value; what is there and
 * may not be used, because others could read it as well, is an error with the line that mends it.
 */
export interface SecretSource {
  /** As people are told of it. */
  readonly name: 'credentials' | 'files' | 'yard';
  /** Names of what is kept there. Never values. */
  list(): Promise<readonly string[]>;
  /** null: it keeps none of that name. */
  read(name: string): Promise<string | null>;
}

/** A secret is there, and cannot be used as it is. The message says what to do, and never holds the value. */
export class SecretError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SecretError';
  }
}

/** An environment that is larger no program can be started with. */
export const MOST_SECRET_BYTES = 32 * 1024;
const NAME = /^[A-Z_][A-Z0-9_]{0,99}$/;
export const isSecretName = (name: string): boolean => NAME.test(name);

/** As an environment can hold it: without the line end that an editor or `echo` put behind it. */
export function valueFrom(bytes: Uint8Array, place: string): string {
  if (bytes.length > MOST_SECRET_BYTES) throw new SecretError(`${place} has more than ${MOST_SECRET_BYTES} bytes`);
  const value = decoded(bytes, place).replace(/\r?\n$/, '');
  if (value === '') throw new SecretError(`${place} is empty`);
  if (value.includes('\0')) throw new SecretError(`${place} holds the character NUL, which no environment can`);
  return value;
}

function decoded(bytes: Uint8Array, place: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new SecretError(`${place} is not UTF-8; a program expects a text: store it as base64`);
  }
}
