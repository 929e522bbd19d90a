/** Runs the real `gityard` for somebody, and comes back with what it said; it never takes longer than a limit. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const PROGRAM = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
const LIMIT_MS = 90_000;

export interface Said {
  /** Null when it was ended by the limit or by the end of the run. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Asking {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly signal?: AbortSignal;
}

export function gityard(words: readonly string[], { env, cwd, signal }: Asking): Promise<Said> {
  const options = { env: { PATH: process.env.PATH, NO_COLOR: '1', ...env }, cwd, signal, maxBuffer: 1 << 28 };
  return new Promise((resolve) => {
    const limited = { ...options, timeout: LIMIT_MS, killSignal: 'SIGKILL' as const };
    execFile(process.execPath, [PROGRAM, ...words], limited, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
      resolve({ code, stdout, stderr });
    });
  });
}
