/**
 * Node programs as children of a spec: what they print is collected and can be waited for, and none outlives the
 * spec. Knows nothing of what the programs are.
 */
import assert from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { PATIENCE_MS } from './wait-for.ts';

export interface StartOptions {
  readonly cwd?: string;
  /** The whole environment but PATH; nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  /** For node itself, before the script: `['--import', 'tsx']`. */
  readonly nodeArguments?: readonly string[];
  /** Opens a channel whose end tells the program that we are gone, however we went: it has to listen for `disconnect`. */
  readonly endsWithUs?: boolean;
}

export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface NodeProcess {
  readonly pid: number;
  /** All lines so far. */
  readonly stdout: readonly string[];
  readonly stderr: readonly string[];
  readonly exit: Promise<ProcessEnd>;
  /** Resolves with the first line, on either stream and printed already or not, that matches. */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Every line from now on, of either stream. */
  onLine(listener: (line: string) => void): void;
  /** To the program alone: its own children are its own affair, as they are when a machine kills it. */
  kill(signal?: NodeJS.Signals): void;
  /** Kills the program and everything that it left behind in its process group. */
  dispose(): Promise<void>;
}

type LineListener = (line: string) => void;

export function startNode(script: string, args: readonly string[] = [], options: StartOptions = {}): NodeProcess {
  const { cwd, env = {}, nodeArguments = [], endsWithUs = false } = options;
  const child = spawn(process.execPath, [...nodeArguments, script, ...args], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe', endsWithUs ? 'ipc' : 'ignore'],
    detached: true,
  });
  assert(child.stdout && child.stderr, 'both streams are piped');
  const listeners = new Set<LineListener>();
  const [stdout, stderr] = [collect(child.stdout, listeners), collect(child.stderr, listeners)];
  const exit = endOf(child);
  outliveNobody(child);

  return {
    pid: child.pid ?? Number.NaN,
    stdout,
    stderr,
    exit,
    waitForLine: (pattern, timeoutMs = PATIENCE_MS) =>
      lineMatching(pattern, { timeoutMs, listeners, exit, seen: () => [...stdout, ...stderr] }),
    onLine: (listener) => void listeners.add(listener),
    kill: (signal = 'SIGTERM') => void child.kill(signal),
    async dispose() {
      if (started.delete(child)) signalGroup(child);
      await exit;
    },
  };
}

/** Those of whose groups somebody may be left. The number of an empty one is soon somebody else's. */
const started = new Set<ChildProcess>();

/** One listener for all of them: a worker that runs many specs starts many programs, and Node warns of more than ten. */
function outliveNobody(child: ChildProcess): void {
  if (started.size === 0) {
    process.off('exit', killStarted);
    process.once('exit', killStarted);
  }
  started.add(child);
  child.once('exit', () => {
    if (!signalGroup(child, 0)) started.delete(child);
  });
}

const killStarted = (): void => {
  for (const child of started) signalGroup(child);
};

function collect(stream: Readable, listeners: Set<LineListener>): string[] {
  const lines: string[] = [];
  createInterface({ input: stream }).on('line', (line) => {
    lines.push(line);
    for (const listener of listeners) listener(line);
  });
  return lines;
}

function endOf(child: ChildProcess): Promise<ProcessEnd> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

interface LineSearch {
  readonly timeoutMs: number;
  readonly listeners: Set<LineListener>;
  readonly exit: Promise<ProcessEnd>;
  readonly seen: () => string[];
}

function lineMatching(pattern: RegExp, { timeoutMs, listeners, exit, seen }: LineSearch): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = (line: string) => {
      const match = pattern.exec(line);
      if (match) finish(() => resolve(match));
    };
    const giveUp = (why: string) =>
      finish(() => reject(new Error(`no line matched ${pattern}: ${why}\n${seen().slice(-20).join('\n')}`)));
    const timer = setTimeout(() => giveUp(`${timeoutMs} ms are over`), timeoutMs);
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      listeners.delete(look);
      settle();
    };

    listeners.add(look);
    for (const line of seen()) look(line);
    // The last lines may still be in the pipe when the program is gone.
    exit.then(({ code, signal }) => setImmediate(giveUp, `the program ended with ${signal ?? code}`), reject);
  });
}

/** Works for a program that is gone as well: its group lives on as long as one of its children does. False: nobody is left. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0 = 'SIGKILL'): boolean {
  if (child.pid === undefined) return false;
  try {
    return process.kill(-child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}
