/**
 * Starts another program with an argument list, never through a shell, and sees to it that it ends: by itself or, when
 * told to, with everything that it started. Knows nothing of what is said to it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface ProgramEnd {
  readonly code: number | null;
  /** The last that it said on stderr. */
  readonly complaint: string;
  /** Set when it could not be started at all. */
  readonly failure?: NodeJS.ErrnoException;
}

export interface Program {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when it is gone; never rejects. */
  readonly ended: Promise<ProgramEnd>;
}

export interface ProgramOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Aborted: it is ended, with its children. */
  readonly signal: AbortSignal;
}

export function startProgram([program = '', ...args]: readonly string[], options: ProgramOptions): Program {
  const { signal, cwd, env } = options;
  // A group of its own (detached), because ssh and git start helpers, and all of them must go when we say stop.
  const child = spawn(program, args, { env, cwd, stdio: 'pipe', windowsHide: true, detached: !WINDOWS });
  // It may end before it has read everything; how it ended tells more than a broken pipe.
  child.stdin.on('error', () => undefined);
  const stop = () => stopTree(child);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = endOf(child).finally(() => signal.removeEventListener('abort', stop));
  return { stdin: child.stdin, stdout: child.stdout, ended };
}

// Set by a git that started us, for instance from a hook; they would lead our git to that one's repository.
const FOREIGN =
  /^GIT_(DIR|WORK_TREE|INDEX_FILE|COMMON_DIR|NAMESPACE|PREFIX|OBJECT_DIRECTORY|ALTERNATE_.*|QUARANTINE_PATH)$/;

/** Messages in English, because we read them; and nobody is there to be asked. */
export function programEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !FOREIGN.test(name));
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
}

const WINDOWS = process.platform === 'win32';
const KILL_AFTER_MS = 2_000;
/** What a program leaves running behind it (ssh's ControlMaster) may keep its stderr open for hours. */
const LAST_WORDS_MS = 500;

async function endOf(child: ChildProcess): Promise<ProgramEnd> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const silent = new Promise((resolve) => child.stderr?.once('close', resolve));
  const end = await exitOf(child);
  const enough = setTimeout(() => child.stderr?.destroy(), LAST_WORDS_MS);
  await silent;
  clearTimeout(enough);
  return { ...end, complaint: complaint.trim() };
}

function exitOf(child: ChildProcess): Promise<{ code: number | null; failure?: Error }> {
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve({ code }));
    child.once('error', (failure) => resolve({ code: null, failure }));
  });
}

function stopTree(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM');
  const force = setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS);
  child.once('exit', () => clearTimeout(force));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (WINDOWS) return void child.kill(signal);
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The whole group is gone already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
