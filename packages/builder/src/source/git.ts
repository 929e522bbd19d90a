/**
 * Runs the system's git so that nothing but its arguments decides what it does: no user or system settings, no hooks,
 * no helper programs, no protocol but the one of the address at hand, no redirects, no waiting for ever. It is only
 * ever pointed at our own mirrors, never at a folder that a build could have written.
 */
import { devNull } from 'node:os';
import { inherited } from '../inherited.ts';
import { runProcess } from '../process/run-process.ts';
import type { Protocol } from './address.ts';

export interface GitCall {
  readonly args: readonly string[];
  /** The repository; absent for a question to a remote alone. */
  readonly gitDir?: string;
  readonly folder: string;
  readonly index?: string;
  /** How much of its answer is kept, from the end. */
  readonly mostBytes?: number;
  /** Absent = this call may not leave the machine, nor read another repository. */
  readonly protocol?: Protocol;
  readonly stop: AbortSignal;
}

/** Git said no. What it said decides whether trying again may help. */
export class GitError extends Error {
  readonly code = 'GIT_FAILED';
  readonly transient: boolean;
  readonly exitCode: number | null;

  constructor(message: string, { transient, exitCode }: { transient: boolean; exitCode: number | null }) {
    super(message);
    this.name = 'GitError';
    this.transient = transient;
    this.exitCode = exitCode;
  }
}

const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.askPass=',
  'protocol.allow=never',
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'fetch.fsckObjects=true',
  'fetch.recurseSubmodules=false',
  'submodule.recurse=false',
  'safe.bareRepository=explicit',
  'gc.auto=0',
  'maintenance.auto=false',
  'advice.detachedHead=false',
];

/** How the agent's owner lets git prove who we are; a build never sees these. */
const CREDENTIALS = new Set([
  'HOME',
  'USER',
  'USERPROFILE',
  'SSH_AUTH_SOCK',
  'GIT_ASKPASS',
  'SSH_ASKPASS',
  'GIT_SSH_COMMAND',
]);

const KEPT_BYTES = 4_000_000;
const GRACE_MS = 2_000;

export async function runGit(call: GitCall): Promise<string> {
  const said = { stdout: tailOf(call.mostBytes ?? KEPT_BYTES), stderr: tailOf(KEPT_BYTES) };
  const end = await runProcess({
    argv: ['git', ...settingsOf(call), ...call.args],
    folder: call.folder,
    environment: environmentOf(call),
    stop: call.stop,
    graceMs: GRACE_MS,
    onOutput: (chunk, from) => said[from].add(chunk),
  });

  call.stop.throwIfAborted();
  if (end.failure)
    throw new GitError(`git did not start: ${end.failure.message}`, { transient: false, exitCode: null });
  if (end.exitCode !== 0) throw gitError(said.stderr.text(), end.exitCode);
  return said.stdout.text();
}

/** Made text only at its end: a name with an umlaut may stand on the border of two chunks. */
function tailOf(mostBytes: number): { add: (chunk: Buffer) => void; text: () => string } {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    add(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      while (bytes - (chunks[0]?.length ?? 0) >= mostBytes) bytes -= chunks.shift()?.length ?? 0;
    },
    text: () => Buffer.concat(chunks).subarray(-mostBytes).toString('utf8'),
  };
}

function settingsOf({ protocol, gitDir, args }: GitCall): string[] {
  const settings = protocol ? [...SETTINGS, `protocol.${protocol}.allow=always`] : SETTINGS;
  const where = gitDir ? [`--git-dir=${gitDir}`] : [];
  // A link in a checkout leads only the build astray, which could make the link itself; builds need theirs whole.
  // Everything that *we* read from a workspace is checked by `workspace-files.ts`.
  const links =
    args.includes('checkout-index') || args[0] === 'worktree' ? 'core.symlinks=true' : 'core.symlinks=false';
  return [...[...settings, links].flatMap((setting) => ['-c', setting]), ...where];
}

function environmentOf({ protocol, index, folder }: GitCall): Record<string, string> {
  return {
    // Without a terminal behind us a question for a passphrase would hang; ssh is to fail instead.
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...inherited(process.env, (name) => CREDENTIALS.has(name)),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: protocol ?? 'none',
    // By this the next life of an agent that was killed finds the git that outlived it.
    GITYARD_WORKSPACE: folder,
    ...(index ? { GIT_INDEX_FILE: index } : {}),
  };
}

const PASSING =
  /could not resolve|couldn't connect|connection (refused|reset|timed out|closed)|timed out|too slow|returned error: (429|5\d\d)|http 5\d\d|early eof|rpc failed|hung up unexpectedly|network is unreachable|temporary failure|gnutls|ssl_error_syscall/i;

function gitError(stderr: string, exitCode: number | null): GitError {
  const lines = stderr.split('\n').filter((line) => /^(fatal|error|remote|ssh|git@|.*denied)/i.test(line));
  const message = (lines.slice(0, 3).join('; ') || stderr.trim() || `git ended with exit code ${exitCode}`).slice(
    0,
    600,
  );
  return new GitError(message, { transient: PASSING.test(stderr), exitCode });
}
