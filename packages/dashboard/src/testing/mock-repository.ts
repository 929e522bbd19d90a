/**
 * A real bare repository behind the pretended hosts: what they hand out of blobs, trees and commits is what Git says.
 * Others may push into it meanwhile; heads are read anew each time, what never changes is read once.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gitEnvironment } from '@gityard/testing';
import { type MockObject, MockObjects } from './mock-objects.ts';

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
export interface MockChange {
  readonly branch: string;
  readonly files: MockFiles;
  readonly message?: string | undefined;
  readonly at?: number | undefined;
  readonly author?: string | undefined;
  /** Without a parent, by force. */
  readonly rewriting?: boolean | undefined;
}

export class MockRepository {
  readonly path: string;
  readonly #read = new Map<string, Promise<Buffer | undefined>>();
  readonly #objects: MockObjects;
  readonly #known = new Map<string, Promise<MockObject | undefined>>();

  /** One that somebody else has made. */
  static at(path: string): MockRepository {
    return new MockRepository(path);
  }

  private constructor(path: string) {
    this.path = path;
    this.#objects = new MockObjects(path);
  }

  static async make(): Promise<MockRepository> {
    const path = await mkdtemp(join(await realpath(tmpdir()), 'gityard-mock-'));
    const repository = new MockRepository(path);
    await repository.git(['init', '--quiet', '--bare', '--template=', path]);
    return repository;
  }

  /** What runs for it; the repository stays. */
  close(): Promise<void> {
    return this.#objects.close();
  }

  async remove(): Promise<void> {
    await this.close();
    await rm(this.path, { recursive: true, force: true, maxRetries: 5 });
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

  async blob(oid: string): Promise<Buffer | undefined> {
    const object = await this.#object(oid);
    return object?.type === 'blob' ? object.bytes : undefined;
  }

  /** `commit:path`; undefined: no such file there. */
  async blobAt(commit: string, path: string): Promise<string | undefined> {
    const object = await this.#object(`${commit}:${path}`);
    return object?.type === 'blob' ? object.oid : undefined;
  }

  /** The tree of a commit or a tree, below a folder; undefined: there is none. */
  async tree(treeish: string, folder = ''): Promise<string | undefined> {
    const object = await this.#object(folder === '' ? `${treeish}^{tree}` : `${treeish}:${folder}`);
    return object?.type === 'tree' ? object.oid : undefined;
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

  /** One commit on a branch, which begins with it where it is not there yet. */
  async commit(branch: string, files: MockFiles, how: Omit<MockChange, 'branch' | 'files'> = {}): Promise<string> {
    const [commit = ''] = await this.commitAll([{ branch, files, ...how }]);
    return commit;
  }

  /** One after the other, in one process of Git, which fails where somebody else has written meanwhile. */
  async commitAll(changes: readonly MockChange[]): Promise<readonly string[]> {
    const begun = new Set<string>();
    const pieces: (string | Uint8Array)[] = [];
    for (const [index, change] of changes.entries()) {
      const { branch, files, message = 'change', at = Date.now(), author = 'A Person', rewriting } = change;
      const parent = rewriting || begun.has(branch) ? undefined : await this.head(branch);
      begun.add(branch);
      pieces.push(
        `commit refs/heads/${branch}\nmark :${index + 1}\ncommitter ${author} <person@example.org> ${Math.floor(at / 1000)} +0000\n`,
        ...data(message),
        parent ? `from ${parent}\n` : '',
      );
      for (const [path, content] of Object.entries(files))
        if (content === null) pieces.push(`D ${path}\n`);
        else pieces.push(`M 100644 inline ${path}\n`, ...data(content));
    }
    pieces.push(...changes.map((_, index) => `get-mark :${index + 1}\n`));
    const stream = Buffer.concat(pieces.map((it) => Buffer.from(it)));
    const force = changes.some((it) => it.rewriting) ? ['--force'] : [];
    const commits = await this.git(['fast-import', '--quiet', ...force, '--date-format=raw'], stream);
    return `${commits}`.trim().split('\n');
  }

  async git(args: readonly string[], input?: Uint8Array): Promise<Buffer> {
    const options = { cwd: this.path, env: gitEnvironment(), encoding: 'buffer', maxBuffer: 1e9 } as const;
    return new Promise((resolve, reject) => {
      const child = execFile('git', [...args], options, (error, stdout) => (error ? reject(error) : resolve(stdout)));
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(input);
    });
  }

  /** Of what is named by its content, or lies in a commit. */
  #object(name: string): Promise<MockObject | undefined> {
    const known = this.#known.get(name);
    if (known) return known;
    const reading = this.#objects.read(name).then((object) => {
      // What is not there now may come.
      if (!object) this.#known.delete(name);
      return object;
    });
    this.#known.set(name, reading);
    return reading;
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
