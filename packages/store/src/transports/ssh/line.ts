/**
 * A line to one of Git's server programs by ssh: one process, which speaks first and then listens. What is said on it is
 * the transport's business. Whatever becomes of the line, the process is gone afterwards.
 */
import { linkedAbort } from '../../abort.ts';
import { StoreError } from '../../errors.ts';
import { type Program, programEnvironment, startProgram } from '../start-program.ts';
import { type Call, SSH_FAILED, sshFailure } from './failure.ts';

export interface Line {
  /** What the other side says up to its next flush, which is included. */
  section(): Promise<Uint8Array>;
  say(bytes: Uint8Array): void;
  /** Everything that it says until it hangs up. */
  rest(): Promise<Uint8Array>;
}

export interface LineOptions extends Omit<Call, 'said'> {
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs: number;
}

export async function onLine<T>(options: LineOptions, talk: (line: Line) => Promise<T>): Promise<T> {
  const { command, env, signal, timeoutMs } = options;
  signal?.throwIfAborted();
  const stop = linkedAbort(signal, { timeoutMs });
  const environment = { ...programEnvironment(env), GIT_PROTOCOL: 'version=2' };
  const program = startProgram(command, { env: environment, signal: stop.signal });
  const ended = program.ended.finally(stop.release);
  const line = new ProgramLine(program);
  try {
    return await talk(line);
  } catch (error) {
    if (!(error instanceof HungUp)) throw error;
    throw sshFailure(await ended, { ...options, said: line.said, timedOut: stop.signal.aborted });
  } finally {
    // It leaves by itself when nothing more is said; should it not, the time limit ends it.
    program.stdin.end();
    program.stdout.destroy();
  }
}

/** The other side went before it had said what was to come. */
class HungUp extends Error {}

class ProgramLine implements Line {
  said = false;
  readonly #program: Program;
  readonly #chunks: AsyncIterator<Buffer>;
  #heard: Buffer = Buffer.alloc(0);

  constructor(program: Program) {
    this.#program = program;
    this.#chunks = program.stdout[Symbol.asyncIterator]();
  }

  say(bytes: Uint8Array): void {
    this.said = true;
    this.#program.stdin.write(bytes);
  }

  async section(): Promise<Uint8Array> {
    const parts: Buffer[] = [];
    for (;;) {
      const head = await this.#take(4);
      parts.push(head);
      const length = lengthIn(head);
      if (length === 0) return Buffer.concat(parts);
      if (length > 4) parts.push(await this.#take(length - 4));
    }
  }

  async rest(): Promise<Uint8Array> {
    const parts: Buffer[] = [this.#heard];
    for (let next = await this.#chunks.next(); !next.done; next = await this.#chunks.next()) parts.push(next.value);
    const { code, failure } = await this.#program.ended;
    const all = Buffer.concat(parts);
    if (failure || code === SSH_FAILED || all.length === 0) throw new HungUp();
    return all;
  }

  async #take(size: number): Promise<Buffer> {
    while (this.#heard.length < size) {
      const next = await this.#chunks.next();
      if (next.done) throw new HungUp();
      this.#heard = Buffer.concat([this.#heard, next.value]);
    }
    const taken = this.#heard.subarray(0, size);
    this.#heard = this.#heard.subarray(size);
    return taken;
  }
}

function lengthIn(head: Buffer): number {
  const digits = head.toString('latin1');
  if (/^[0-9a-f]{4}$/i.test(digits)) return Number.parseInt(digits, 16);
  throw new StoreError('REMOTE_INVALID', 'the server answered something that is not Git\u2019s protocol', {
    hint: 'check the path; the login scripts of that user on the server must print nothing',
  });
}
