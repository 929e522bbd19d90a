/**
 * Which texts are addresses of repositories that an agent fetches from, and by which of Git's protocols. Everything
 * here is about shape; whether an address may be built is the policy's question.
 */
import { isAbsolute } from 'node:path';

export type Protocol = 'https' | 'http' | 'ssh' | 'file';

const SCP_LIKE = /^[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!-|\/-)[^:]+$/;
const HOST = /^[A-Za-z0-9.[\]:_-]*$/;

export function protocolOf(address: string): Protocol | null {
  if (!isPlain(address)) return null;
  // "ext::sh -c …" names a helper program, and Git would run it.
  if (/^[A-Za-z0-9+.-]*::/.test(address)) return null;
  if (isAbsolute(address)) return 'file';
  if (SCP_LIKE.test(address)) return 'ssh';
  return protocolOfUrl(address);
}

/**
 * Blanks and control characters have no place in a URL, nor has ".." in any address: HTTP clients and file systems resolve
 * it after the policy's prefix was compared, so "https://host/ours/../theirs" would pass as ours.
 */
function isPlain(address: string): boolean {
  if (address.length === 0 || address.length > 2000 || address.startsWith('-')) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
  if (/[\s\u0000-\u001f\u007f\\]/.test(withoutBlanks(address))) return false;
  const decoded = address.replace(/%2e/gi, '.').replace(/%2f/gi, '/');
  return !decoded.split(/[/:]/).some((part) => part === '..' || part === '.');
}

/** People's folders have blanks in their names, and Git gets a path as one word. */
const withoutBlanks = (address: string): string => (isAbsolute(address) ? address.replaceAll(' ', '') : address);

function protocolOfUrl(address: string): Protocol | null {
  if (!/^(https?|ssh|file):\/\//.test(address) || !URL.canParse(address)) return null;
  const { protocol, username, password, hostname, pathname } = new URL(address);
  const kind = protocol.slice(0, -1) as Protocol;
  if (kind === 'file') return hostname === '' && pathname.length > 1 ? kind : null;

  // A password in an address ends up in process lists and logs; over HTTP a user name can be a token as well.
  if (password !== '' || (kind !== 'ssh' && username !== '')) return null;
  if (username.startsWith('-') || hostname === '' || hostname.startsWith('-') || !HOST.test(hostname)) return null;
  return kind;
}
