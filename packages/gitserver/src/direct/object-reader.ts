/**
 * Objects of one repository by their names, from one `git cat-file` that stays: the bases of a thin pack, and whether what a
 * tree names is there. The last ones that were read or taken in are remembered, which is nearly all that is ever asked for.
 */
import { type GitObject, makeObject, type ObjectType } from '@gityard/store/codec';
import { type GitProcess, startGit } from '../git-process.ts';

const MOST_BYTES = 16 * 1024 * 1024;
const LARGEST_BYTES = 1024 * 1024;

interface Asked {
  readonly oid: string;
  resolve(object: GitObject | undefined): void;
}

export class ObjectReader {
  private readonly path: string;
  private readonly known = new Map<string, GitObject>();
  private knownBytes = 0;
  private git: GitProcess | undefined;
  private answers = Buffer.alloc(0);
  private line: Asked[] = [];

  constructor(path: string) {
    this.path = path;
  }

  remember(object: GitObject): void {
    if (object.body.length > LARGEST_BYTES || this.known.has(object.oid)) return;
    this.known.set(object.oid, object);
    this.knownBytes += object.body.length;
    for (const [oid, { body }] of this.known) {
      if (this.knownBytes <= MOST_BYTES) break;
      this.known.delete(oid);
      this.knownBytes -= body.length;
    }
  }

  recall(oid: string): GitObject | undefined {
    return this.known.get(oid);
  }

  /** Undefined: it is not there, or Git could not be asked. */
  async read(oid: string): Promise<GitObject | undefined> {
    const known = this.known.get(oid);
    if (known) return known;
    const object = await this.ask(oid);
    if (object) this.remember(object);
    return object;
  }

  /** By Git's own word of this moment: what is only remembered may have been cleaned away. */
  readFromDisk(oid: string): Promise<GitObject | undefined> {
    return this.ask(oid);
  }

  close(): Promise<unknown> {
    const { git } = this;
    git?.stdin.end();
    git?.stop();
    return git?.ended ?? Promise.resolve();
  }

  private ask(oid: string): Promise<GitObject | undefined> {
    return new Promise((resolve) => {
      this.git ??= this.start();
      this.line.push({ oid, resolve });
      this.git.stdin.write(`${oid}\n`);
    });
  }

  private start(): GitProcess {
    const git = startGit([`--git-dir=${this.path}`, 'cat-file', '--batch']);
    git.stdout.on('data', (chunk: Buffer) => this.hear(chunk));
    void git.ended.then(() => this.giveUp(git));
    return git;
  }

  /** Whoever waits does without; the next question starts another. */
  private giveUp(git: GitProcess): void {
    if (this.git !== git) return;
    this.git = undefined;
    this.answers = Buffer.alloc(0);
    for (const { resolve } of this.line.splice(0)) resolve(undefined);
  }

  private hear(chunk: Buffer): void {
    this.answers = Buffer.concat([this.answers, chunk]);
    for (;;) {
      const end = this.answers.indexOf('\n');
      if (end < 0) return;
      const [, type = '', size] = this.answers.toString('latin1', 0, end).split(' ');
      const from = end + 1;
      const to = size === undefined ? from : from + Number(size) + 1;
      if (this.answers.length < to) return;
      const body = size === undefined ? undefined : new Uint8Array(this.answers.subarray(from, to - 1));
      this.answers = this.answers.subarray(to);
      this.answer(type, body);
    }
  }

  private answer(type: string, body: Uint8Array | undefined): void {
    const asked = this.line.shift();
    const object = body && makeObject(type as ObjectType, body);
    asked?.resolve(object?.oid === asked.oid ? object : undefined);
  }
}
