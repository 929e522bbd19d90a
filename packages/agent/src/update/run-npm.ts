/** npm, with the registry, the proxy and the credentials that it is set up with on this machine. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface NpmPlace {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/**
 * Resolves with what it printed as JSON; fails with npm's own words.
 * @param words for `npm.cmd` a shell reads them: nothing but what has passed a schema
 */
export async function runNpm(words: readonly string[], { cwd, env, signal }: NpmPlace): Promise<string> {
  const isWindows = process.platform === 'win32';
  const options = { cwd, env, signal, shell: isWindows };
  try {
    const { stdout } = await promisify(execFile)(isWindows ? 'npm.cmd' : 'npm', [...words, '--json'], options);
    return stdout;
  } catch (cause) {
    throw new Error(whyOf(cause as Failure), { cause });
  }
}

interface Failure extends Error {
  readonly code?: unknown;
  readonly stdout?: string;
}

function whyOf({ code, stdout = '', message }: Failure): string {
  if (code === 'ENOENT') return 'npm is not there';
  try {
    const { error } = JSON.parse(stdout) as { error: { code: string; summary: string } };
    return `${error.summary.split('\n')[0]} [${error.code}]`;
  } catch {
    return message.split('\n').find((it) => !it.startsWith('Command failed')) ?? 'it failed without a word';
  }
}
