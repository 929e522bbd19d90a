/** The system's git with an argument vector, for what stands in a checkout. Its output is bytes, and bounded. */
import { execFile } from 'node:child_process';
import { CliError } from '../errors.ts';

export interface RunGit {
  readonly cwd: string;
  readonly mostBytes?: number;
  readonly env?: NodeJS.ProcessEnv;
}

const PATIENCE_MS = 60_000;
const MOST_BYTES = 16_000_000;
const OVERFLOW = 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER';

/** Undefined when git says no. Throws when there is no git, or more was said than is wanted. */
export function askGit(
  args: readonly string[],
  { cwd, env, mostBytes = MOST_BYTES }: RunGit,
): Promise<Buffer | undefined> {
  const options = { cwd, env, maxBuffer: mostBytes, timeout: PATIENCE_MS, encoding: 'buffer' } as const;
  return new Promise((resolve, reject) => {
    execFile('git', [...args], options, (error, stdout) => {
      if (!error) resolve(stdout);
      else if (error.code === 'ENOENT') reject(new CliError('USAGE', 'there is no git here', { hint: 'install git' }));
      else if (typeof error.code === 'number') resolve(undefined);
      else if (error.killed && error.code !== OVERFLOW)
        reject(new CliError('TIMEOUT', `git ${args[0]} takes too long`, { hint: 'try again' }));
      else reject(new CliError('TOO_LARGE', `git ${args[0]} says more than ${mostBytes} bytes`, { hint: 'name less' }));
    });
  });
}
