/**
 * Whether a repository is one whose pushes we may take in: it says nothing in its settings that we do not know, and has no
 * hooks. Looked at before each push, because its owner may change both at any time.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Settings that ask for nothing of whoever takes a push in, or for just what we do. */
const HARMLESS = [
  /^core\.(?:bare=true|filemode=|repositoryformatversion=0|fsync=committed|ignorecase=|precomposeunicode=|symlinks=)/,
  /^receive\.(?:fsckobjects=true|autogc=|unpacklimit=)/,
  /^(?:uploadpack|gc|http|user|gitweb|remote|branch)\./,
];

export class Fits {
  private readonly path: string;
  private seen = '';
  private answer = false;

  constructor(path: string) {
    this.path = path;
  }

  async now(): Promise<boolean> {
    return (await this.hasNoHooks()) && (await this.isConfiguredSo());
  }

  private async hasNoHooks(): Promise<boolean> {
    const names = await readdir(join(this.path, 'hooks')).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    return names.every((it) => it.endsWith('.sample'));
  }

  private async isConfiguredSo(): Promise<boolean> {
    const path = join(this.path, 'config');
    const { mtimeMs, size } = await stat(path);
    const stamp = `${mtimeMs} ${size}`;
    if (stamp !== this.seen) this.answer = settingsIn(await readFile(path, 'utf8')).every(isHarmless);
    this.seen = stamp;
    return this.answer;
  }
}

const isHarmless = (setting: string): boolean => HARMLESS.some((it) => it.test(setting));

/** `section.key=value`, lower case. What does not read like that is a setting that nobody knows. */
function settingsIn(config: string): string[] {
  let section = '';
  return config.split('\n').flatMap((text) => {
    const line = text.trim();
    if (line === '' || line.startsWith('#') || line.startsWith(';')) return [];
    const head = /^\[([a-z]+)(?: "[^"]*")?\]$/i.exec(line);
    if (head) {
      section = (head[1] ?? '').toLowerCase();
      return [];
    }
    return [`${section}.${line.replace(/\s*=\s*/, '=').toLowerCase()}`];
  });
}
