/**
 * A real bare repository behind the pretended hosts: what they hand out of blobs, trees and commits is what Git says.
 * Others may push into it meanwhile; heads are read anew each time, what never changes is read once.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@gityard/testing';

export interface MockEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly oid: string;
  readonly sizeBytes: number | null;
}
export interface MockCommit {
  readonly commit: string;
  readonly tree: string;
  readonly at: string;
  readonly author: string;
  readonly message: string;
}
export interface MockCommitsWanted {
  readonly count: number;
  readonly skip?: number;
  readonly path?: string | null;
  readonly until?: string | null;
}
/** null removes the file. */
export type MockFiles = Readonly<Record<string, string | Uint8Array | null>>;

export class MockRepository {
  readonly path: string;
  readonly #read = new Map<string, Promise<Buffer | undefined>>();

  /** One that somebody else has made. */
  static at(path: string): MockRepository {
    return new MockRepository(path);
  }

  private constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<MockRepository> {
    const path = await mkdtemp(join(await realpath(tmpdir()), 'gityard-mock-'));
    const repository = new MockRepository(path);
    await repository.git(['init', '--quiet', '--bare', '--template=', path]);
    return repository;
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true, maxRetries: 5 });
  }

  /** The commit of a branch. */
  async head(branch: string): Promise<string | undefined> {
    const loose = await readFile(join(this.path, 'refs/heads', branch), 'utf8').catch(() => undefined);
    if (loose) return loose.trim();
    const packed = await readFile(join(this.path, 'packed-refs'), 'utf8').catch(() => '');
    return packed
      .split('\n')
      .find((line) => line.endsWith(` refs/heads/${branch}`))
      ?.slice(0, 40);
  }

  blob(oid: string): Promise<Buffer | undefined> {
    return this.#once(['cat-file', 'blob', oid]);
  }

  /** `commit:path`; undefined: no such file there. */
  async blobAt(commit: string, path: string): Promise<string | undefined> {
    const oid = `${(await this.#once(['rev-parse', '--quiet', '--verify', `${commit}:${path}`])) ?? ''}`.trim();
    return oid !== '' && (await this.blob(oid)) ? oid : undefined;
  }

  /** The tree of a commit or a tree, below a folder; undefined: there is none. */
  async tree(treeish: string, folder = ''): Promise<string | undefined> {
    const what = folder === '' ? `${treeish}^{tree}` : `${treeish}:${folder}`;
    const oid = `${(await this.#once(['rev-parse', '--quiet', '--verify', what])) ?? ''}`.trim();
    return oid === '' ? undefined : oid;
  }

  async entries(tree: string, depth: 'this' | 'all'): Promise<MockEntry[] | undefined> {
    const output = await this.#once(['ls-tree', ...(depth === 'all' ? ['-r', '-t'] : []), '-l', '-z', tree]);
    return output
      ?.toString()
      .split('\0')
      .flatMap((line) => {
        const [, mode, type, oid, size, path] = /^(\d+) (\w+) (\w+) +(\S+)\t(.*)$/s.exec(line) ?? [];
        if (!mode || !type || !oid || path === undefined) return [];
        return [{ path, mode, type, oid, sizeBytes: size === '-' ? null : Number(size) }];
      });
  }

  async commits(from: string, { count, skip = 0, path, until }: MockCommitsWanted): Promise<MockCommit[]> {
    const output = await this.#once([
      'log',
      `--max-count=${count}`,
      `--skip=${skip}`,
      '--format=%H%x1f%T%x1f%cI%x1f%an%x1f%B%x1e',
      ...(until ? [`--until=${until}`] : []),
      from,
      '--',
      ...(path ? [path] : []),
    ]);
    return `${output ?? ''}`.split('\x1e\n').flatMap((it) => {
      const [commit, tree, at, author, message] = it.split('\x1f');
      if (!commit || !tree || !at || author === undefined || message === undefined) return [];
      return [{ commit, tree, at, author, message: message.trimEnd() }];
    });
  }

  /** One commit on a branch, which begins with it where it is not there yet. `rewriting`: without a parent, by force. */
  async commit(
    branch: string,
    files: MockFiles,
    {
      message = 'change',
      at = Date.now(),
      author = 'A Person',
      rewriting = false,
    }: { message?: string; at?: number; author?: string; rewriting?: boolean } = {},
  ): Promise<string> {
    const parent = rewriting ? undefined : await this.head(branch);
    const pieces: (string | Uint8Array)[] = [
      `commit refs/heads/${branch}\ncommitter ${author} <person@example.org> ${Math.floor(at / 1000)} +0000\n`,
      ...data(message),
      parent ? `from ${parent}\n` : '',
    ];
    for (const [path, content] of Object.entries(files))
      if (content === null) pieces.push(`D ${path}\n`);
      else pieces.push(`M 100644 inline ${path}\n`, ...data(content));
    await this.git(
      ['fast-import', '--quiet', '--force', '--date-format=raw'],
      Buffer.concat(pieces.map((it) => Buffer.from(it))),
    );
    return (await this.head(branch)) ?? '';
  }

  async git(args: readonly string[], input?: Uint8Array): Promise<Buffer> {
    const options = { cwd: this.path, env: gitEnvironment(), encoding: 'buffer', maxBuffer: 1e9 } as const;
    return new Promise((resolve, reject) => {
      const child = execFile('git', [...args], options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
  }

  /** Of things named by their content, or by a commit, which Git would say again the same. */
  #once(args: readonly string[]): Promise<Buffer | undefined> {
    const key = args.join('\0');
    const known = this.#read.get(key);
    if (known) return known;
    const reading = this.git(args).catch(() => {
      // What is not there now may come.
      this.#read.delete(key);
      return undefined;
    });
    this.#read.set(key, reading);
    return reading;
  }
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = Buffer.from(content);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
