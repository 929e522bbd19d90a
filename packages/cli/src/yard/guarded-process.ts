/** A command with the terminal for its input and output, in a process group of its own so that all of it can be stopped. */
import { type StdioOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface GuardedProcess {
  /** As a shell would say it: 128 + n for a signal, 127 and 126 for what cannot be started. */
  readonly exitCode: Promise<number>;
  /** Resolves with the end, without a value. */
  readonly ended: Promise<void>;
  /** TERM to the whole group, KILL after the grace. */
  stop(): void;
}

const GRACE_MS = 10_000;
const DRAIN_MS = 2_000;

export interface Guarding {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onFailure: (text: string) => void;
  /** Its output comes here instead of on the terminal. */
  readonly onOutput?: (chunk: Buffer, from: 'stdout' | 'stderr') => void;
}

export function startGuarded(words: readonly string[], { cwd, env, onFailure, onOutput }: Guarding): GuardedProcess {
  const [program = '', ...args] = words;
  const stdio = onOutput ? (['inherit', 'pipe', 'pipe'] as const) : ('inherit' as const);
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: stdio as StdioOptions,
    detached: process.platform !== 'win32',
  });
  for (const from of ['stdout', 'stderr'] as const) child[from]?.on('data', (chunk: Buffer) => onOutput?.(chunk, from));
  const exitCode = new Promise<number>((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      onFailure(
        `${program} cannot be started: ${error.code === 'ENOENT' ? 'there is no such command' : error.message}`,
      );
      resolve(error.code === 'ENOENT' ? 127 : 126);
    });
    child.once('exit', (code, signal) => {
      const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
      if (!onOutput) return resolve(exitCode);
      // What was printed last may still come; but who left something running behind must not keep us.
      const patience = setTimeout(() => resolve(exitCode), DRAIN_MS);
      child.once('close', () => {
        clearTimeout(patience);
        resolve(exitCode);
      });
    });
  });
  const ended = exitCode.then(() => undefined);
  // Should this program be ended at once, nothing may go on without the lock.
  const killAll = (): void => signalGroup(child.pid, 'SIGKILL');
  process.once('exit', killAll);
  void ended.then(() => process.off('exit', killAll));
  const stop = (): void => {
    signalGroup(child.pid, 'SIGTERM');
    const kill = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS);
    void ended.then(() => clearTimeout(kill));
  };
  return { exitCode, ended, stop };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // Gone already: what was wanted.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
