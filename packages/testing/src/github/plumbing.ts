/**
 * What the fake GitHub does in its repository, by git's own plumbing: it shares no line with the code that is tried
 * against it. Knows neither HTTP nor JSON.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';

import { GitError, gitEnvironment } from '../git.ts';

export interface RawObject {
  readonly oid: string;
  readonly type: string;
  readonly body: Buffer;
}

interface Run {
  readonly input?: Buffer | string | undefined;
  readonly env?: Readonly<Record<string, string>>;
}

export class Plumbing {
  readonly path: string;
  #indexes = 0;

  constructor(path: string) {
    this.path = path;
  }

  async run(args: readonly string[], { input, env }: Run = {}): Promise<Buffer> {
    const child = spawn('git', args, { cwd: this.path, env: gitEnvironment(env), stdio: 'pipe' });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    const [stdout, stderr] = await Promise.all([buffer(child.stdout), text(child.stderr), once(child, 'close')]);
    if (child.exitCode !== 0) throw new GitError(args, { code: child.exitCode, stdout: `${stdout}`, stderr });
    return stdout;
  }

  async line(args: readonly string[], run: Run = {}): Promise<string> {
    return `${await this.run(args, run)}`.trim();
  }

  async refs(): Promise<Map<string, string>> {
    const lines = (await this.line(['for-each-ref', '--format=%(refname) %(objectname)'])).split('\n').filter(Boolean);
    return new Map(lines.map((line) => line.split(' ', 2) as [string, string]));
  }

  /** False: it was not what was expected. */
  async moveRef(ref: string, next: string, expected: string): Promise<boolean> {
    return this.run(['update-ref', ref, next, expected]).then(
      () => true,
      () => false,
    );
  }

  write(type: 'blob' | 'commit', input: Buffer | string): Promise<string> {
    return this.line(['hash-object', '-t', type, '-w', '--stdin'], { input });
  }

  /** Those that are there. */
  async objects(oids: readonly string[]): Promise<Map<string, RawObject>> {
    const output = await this.run(['cat-file', '--batch'], { input: oids.map((oid) => `${oid}\n`).join('') });
    const found = new Map<string, RawObject>();
    for (let at = 0; at < output.length; ) {
      const end = output.indexOf('\n', at);
      const [oid = '', type = '', size = ''] = output.toString('utf8', at, end).split(' ');
      at = end + 1;
      if (type === 'missing') continue;
      found.set(oid, { oid, type, body: output.subarray(at, at + Number(size)) });
      at += Number(size) + 1;
    }
    return found;
  }

  /** The tree of a commit with some files put and others removed; a tree of these files alone where there is no commit. */
  async editTree(
    base: string | undefined,
    rows: readonly { path: string; mode: string; oid: string }[],
  ): Promise<string> {
    this.#indexes += 1;
    const index = join(this.path, `index-${this.#indexes}`);
    const env = { GIT_INDEX_FILE: index };
    try {
      if (base !== undefined) await this.run(['read-tree', base], { env });
      const input = rows.map(({ path, mode, oid }) => `${mode} ${oid}\t${path}\0`).join('');
      await this.run(['update-index', '--add', '--replace', '-z', '--index-info'], { env, input });
      return await this.line(['write-tree'], { env });
    } finally {
      await rm(index, { force: true });
    }
  }
}
