/**
 * Addresses of ssh: `ssh://[user@]host[:port]/path` and `user@host:path`. What is read here becomes arguments of a program
 * and words for a shell far away, so nothing in it may look like an option.
 */
import { StoreError } from '../../errors.ts';

export interface SshAddress {
  /** As ssh takes it: `host` or `user@host`. */
  readonly destination: string;
  readonly port?: string;
  readonly path: string;
  /** For messages. */
  readonly name: string;
}

/** `user@host:path`. Without the user it would look like a path with a colon in it. */
export const SCP_FORM = /^([^/\\@:\s]+)@(\[[^\]/@]+\]|[^/\\:@[\]\s]+):(?!:)(.+)$/;

export function readSshAddress(address: string): SshAddress {
  const [, user, host, path] = SCP_FORM.exec(address) ?? [];
  if (user && host && path) return checked({ user, host, path, name: address });

  const { username, password, hostname, port, pathname } = new URL(address);
  const name = `ssh://${username && `${username}@`}${hostname}${port && `:${port}`}${pathname}`;
  if (password) throw invalid(name, 'ssh takes no password from an address', 'use a key: GITYARD_SSH_KEY names it');
  // Git's own rule: a path that begins with a user's home is meant without the slash before it.
  const there = decodeURIComponent(pathname).replace(/^\/(?=~)/, '');
  return checked({ user: decodeURIComponent(username), host: hostname, port, path: there, name });
}

interface Parts {
  readonly user: string;
  readonly host: string;
  readonly port?: string;
  readonly path: string;
  readonly name: string;
}

const USER = /^[\w.+~][\w.+~-]*$/;
const HOST = /^(\[[\da-f:.]+(%[\w.-]+)?\]|[\w.][\w.-]*)$/i;

function checked({ user, host, port, path, name }: Parts): SshAddress {
  const hint = 'write it as ssh://user@host/path or user@host:path';
  if (user && !USER.test(user)) throw invalid(name, 'its user has characters that ssh does not take', hint);
  if (!HOST.test(host)) throw invalid(name, 'its host has characters that ssh does not take', hint);
  if (path === '' || path === '/') throw invalid(name, 'its path is missing', hint);
  if (path.startsWith('-') || hasControls(path)) throw invalid(name, 'its path could be taken for an option', hint);
  const machine = host.replace(/^\[(.*)\]$/, '$1');
  return { destination: user ? `${user}@${machine}` : machine, path, name, ...(port && { port }) };
}

function hasControls(path: string): boolean {
  return [...path].some((it) => it < ' ' || it === '\x7f');
}

function invalid(name: string, why: string, hint: string): StoreError {
  return new StoreError('REMOTE_INVALID', `"${name}" is no address that can be used: ${why}`, { hint });
}
