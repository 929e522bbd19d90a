/**
 * A program of the bench as a child with a channel to it. It gets a process group of its own, because some variants
 * start programs themselves, and nothing of a bench may outlive it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** The next message; rejects with what the program complained of when it ends instead. */
  next<Message>(): Promise<Message>;
  send(message: object): void;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => running.forEach(killGroup));

export function startChild(program: 'server-program' | 'writer', args: readonly string[]): Child {
  // Built, the programs are .js; from the sources, where Node was told how to load them, they are .ts.
  const script = fileURLToPath(new URL(`${program}${extname(import.meta.url)}`, import.meta.url));
  const child = fork(script, args, { detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  const complaint: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => void complaint.push(chunk.toString()));
  const ended = once(child, 'close');
  const inbox = inboxOf(child);
  running.add(child);

  return {
    next: <Message>() =>
      Promise.race([
        inbox.next<Message>(),
        ended.then(() => Promise.reject(new Error(`a ${program} ended early: ${complaint.join('').slice(-2000)}`))),
      ]),
    send: (message) => void child.send(message),
    async stop() {
      running.delete(child);
      killGroup(child);
      await ended;
    },
  };
}

/** Messages in order, whether they came before somebody asked or after. */
function inboxOf(child: ChildProcess) {
  const waiting: ((message: unknown) => void)[] = [];
  const arrived: unknown[] = [];
  child.on('message', (message) => {
    const receive = waiting.shift();
    if (receive) receive(message);
    else arrived.push(message);
  });
  function next<Message>(): Promise<Message> {
    if (arrived.length > 0) return Promise.resolve(arrived.shift() as Message);
    return new Promise((resolve) => waiting.push((message) => resolve(message as Message)));
  }
  return { next };
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nobody is left in the group, which is what we want.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
