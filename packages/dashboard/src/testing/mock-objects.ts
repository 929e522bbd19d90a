/** Objects of a repository by any name that Git has for them, from one process that stays: each of its own costs more than its answer. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { gitEnvironment } from '@gityard/testing';

export interface MockObject {
  readonly oid: string;
  readonly type: string;
  readonly bytes: Buffer;
}

export class MockObjects {
  readonly #path: string;
  readonly #waiting: ((object: MockObject | undefined) => void)[] = [];
  #git: ChildProcessWithoutNullStreams | undefined;
  #said = Buffer.alloc(0);
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** `name`: an object's, or `commit:path`; undefined: there is none. */
  read(name: string): Promise<MockObject | undefined> {
    // Names are told apart by lines. Whoever still asks when all is over gets no answer.
    if (this.#isClosed || name.includes('\n')) return Promise.resolve(undefined);
    this.#git ??= this.#start();
    this.#git.stdin.write(`${name}\n`);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const git = this.#git;
    this.#git = undefined;
    if (!git) return;
    const ended = once(git, 'close');
    git.stdin.end();
    await ended;
  }

  #start(): ChildProcessWithoutNullStreams {
    const git = spawn('git', ['cat-file', '--batch'], { cwd: this.#path, env: gitEnvironment() });
    git.stdin.on('error', () => undefined);
    git.stdout.on('data', (chunk: Buffer) => this.#hear(chunk));
    git.on('close', () => {
      for (const resolve of this.#waiting.splice(0)) resolve(undefined);
    });
    return git;
  }

  #hear(chunk: Buffer): void {
    this.#said = Buffer.concat([this.#said, chunk]);
    for (let end = this.#said.indexOf('\n'); end >= 0; end = this.#said.indexOf('\n')) {
      const [, oid = '', type = '', size = ''] =
        /^([0-9a-f]+) (\w+) (\d+)$/.exec(this.#said.toString('utf8', 0, end)) ?? [];
      const from = end + 1;
      const next = oid === '' ? from : from + Number(size) + 1;
      if (this.#said.length < next) return;
      const bytes = Buffer.from(this.#said.subarray(from, next - 1));
      this.#said = this.#said.subarray(next);
      this.#waiting.shift()?.(oid === '' ? undefined : { oid, type, bytes });
    }
  }
}
