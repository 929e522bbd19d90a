/** Addresses as people write them: a URL, `git@host:path`, or a path, which is meant from where they stand. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { usageError } from '../errors.ts';

/** Whatever scheme it is: which ones there are is known to those who open them, and they tell. */
const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
/** A repository by its name there, reached through the API. */
const GITHUB = /^github:/i;
const SCP_LIKE = /^[^/\\@:]+@(\[[^\]/\\]+\]|[^/\\:]+):/;

export const isRemoteAddress = (address: string): boolean =>
  SCHEME.test(address) || GITHUB.test(address) || SCP_LIKE.test(address);

export function absoluteAddress(address: string, cwd: string): string {
  if (address.startsWith('-')) throw usageError(`${address} is no address`, 'an address must not begin with "-"');
  if (/^[a-z][a-z0-9+.-]*::/i.test(address))
    throw usageError(
      `${address} runs a program of git's, which is not allowed`,
      'use a path, file://, http(s)://, ssh:// or git@host:path',
    );
  if (SCHEME.test(address) && !URL.canParse(address))
    throw usageError(`${withoutSecrets(address)} is no URL`, 'write it as https://host/path');
  if (isRemoteAddress(address)) return address;
  // Git would take it for another machine, we for a folder; who writes a user means the first for certain.
  if (/^[^/\\]{2,}:/.test(address))
    throw usageError(
      `${withoutSecrets(address)} is neither a path nor a URL`,
      'write git@host:path, or ./ before a path',
    );
  if (address === '~' || address.startsWith('~/')) return join(homedir(), address.slice(1));
  return resolve(cwd, address);
}

/** For messages: what stands before the `@` of a URL may be a secret. With ssh it is the user, without whom nothing is reached. */
export const withoutSecrets = (address: string): string =>
  /^ssh:/i.test(address) ? address.replace(/:[^/@]*@/, '@') : address.replace(/\/\/[^/@]*@/, '//');
