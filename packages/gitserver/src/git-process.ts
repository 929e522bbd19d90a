/**
 * Starts one git program with nothing inherited but the search path, and makes sure that it ends: by itself, at
 * its time limit, or when told to. Knows neither HTTP nor which repository is meant.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export interface GitEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
  /** The last line that git wrote on stderr, or why it could not be started. */
  readonly complaint: string;
}

export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves when the program is gone; never rejects. */
  readonly ended: Promise<GitEnd>;
  stop(): void;
}

interface GitProcessOptions {
  readonly protocol?: string | undefined;
  readonly timeoutMs?: number;
}

// These win over a repository's own settings: malformed objects stay out, no reply is held up by garbage collection,
// and no helper program is started for a look at files. Hooks do run: only the owner of the folder can place one.
// A push in quarantine takes its own repository for an alternate and would start one more program to list its refs, which
// it looks at anyway: with a command that lists none, a push is a fifth faster.
const HARDENED = [
  'receive.fsckObjects=true',
  'receive.autogc=false',
  'core.alternateRefsCommand=true',
  'core.fsmonitor=false',
  'core.askPass=',
];

const INHERITED = ['PATH', 'Path', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP'];

const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...Object.fromEntries(INHERITED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_COMMITTER_NAME: 'gityard',
  GIT_COMMITTER_EMAIL: 'gityard@localhost',
};

const KILL_AFTER_MS = 2_000;
const COMPLAINT_BYTES = 4_096;

export function startGit(args: readonly string[], options: GitProcessOptions = {}): GitProcess {
  const { protocol, timeoutMs } = options;
  const settings = HARDENED.flatMap((setting) => ['-c', setting]);
  // A group of its own (detached), because git starts helpers and all of them must go when we say stop.
  const child = spawn('git', [...settings, ...args], {
    env: protocol ? { ...ENVIRONMENT, GIT_PROTOCOL: protocol } : ENVIRONMENT,
    stdio: 'pipe',
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // Git may end before it has read all its input. Its exit code tells that better than a broken pipe does.
  child.stdin.on('error', () => undefined);

  const limit = { timedOut: false };
  const stop = () => stopGroup(child);
  const timer = timeoutMs
    ? setTimeout(() => {
        limit.timedOut = true;
        stop();
      }, timeoutMs)
    : undefined;
  const ended = endOf(child).then((end) => {
    clearTimeout(timer);
    return { ...end, ...limit };
  });
  return { stdin: child.stdin, stdout: child.stdout, ended, stop };
}

/** TERM first: git then removes its lock files. After a bare KILL a ref would stay locked for ever. */
function stopGroup(child: ChildProcess): void {
  if (hasEnded(child)) return;
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS);
  child.once('exit', () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch (error) {
    // It ended between our look and our signal, which is all that we wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endOf(child: ChildProcess): Promise<Omit<GitEnd, 'timedOut'>> {
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-COMPLAINT_BYTES);
  });
  return new Promise((resolve) => {
    child.once('error', (error) =>
      resolve({ code: null, signal: null, complaint: `git did not start: ${error.message}` }),
    );
    // Not at "exit": what git said last may still be on its way to us then.
    child.once('close', (code, signal) => resolve({ code, signal, complaint: lastLine(stderr) }));
  });
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1)?.trim() || 'git gave no reason';
}
