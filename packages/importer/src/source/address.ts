/** Which texts are addresses that an import reads from, and by which of git's protocols; and which are names of branches. */
import { ImportError } from '../import-error.ts';

const SCP_LIKE = /^[A-Za-z0-9_][\w.-]*@[A-Za-z0-9][A-Za-z0-9.-]*:(?!-|\/-)[^:]+$/;

/** `path`: not an address but a place on this machine. */
export function protocolOf(address: string): 'https' | 'http' | 'ssh' | 'file' | 'path' {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
  if (address === '' || address.startsWith('-') || /[\u0000-\u001f\u007f]/.test(address)) throw refused(address);
  // "ext::sh -c …" names a helper program, and git would run it.
  if (/^[A-Za-z0-9+.-]*::/.test(address)) throw refused(address);
  if (SCP_LIKE.test(address)) return 'ssh';
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(address)) return 'path';
  const [, scheme = ''] = /^(https?|ssh|file):\/\//.exec(address) ?? [];
  if (scheme === '' || !URL.canParse(address)) throw refused(address);
  const { password, hostname, username } = new URL(address);
  if (password !== '' || hostname.startsWith('-') || username.startsWith('-')) throw refused(address);
  return scheme as 'https' | 'http' | 'ssh' | 'file';
}

function refused(address: string): ImportError {
  const told = address.replace(/\/\/[^/@]*@/, '//').slice(0, 200);
  return new ImportError('USAGE', `${told} cannot be imported from`, {
    hint: 'name a folder, or a repository as path, file://, http(s)://, ssh:// or git@host:path, without a password',
  });
}

/** The rules of `git check-ref-format`. A value that begins with "-" would be an option, and some of those run programs. */
export function isRefName(name: string): boolean {
  if (name.length === 0 || name.length > 255 || name === '@') return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(name) || /^[-/]|[/.]$/.test(name)) return false;
  return !name.split('/').some((part) => part.startsWith('.') || part.endsWith('.lock'));
}
