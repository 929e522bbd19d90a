/**
 * The system's git, for a copy of a predecessor's repository that is ours alone: no hooks, no helper programs, no protocol but
 * the one of its address, no question on a terminal, and no end of patience with a host that says nothing.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { ImportError } from '../import-error.ts';

export interface GitCall {
  readonly args: readonly string[];
  readonly gitDir: string;
  /** Absent: this call stays on this machine and in that repository. */
  readonly protocol?: string;
  readonly signal?: AbortSignal | undefined;
}

const SETTINGS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'protocol.allow=never',
  'http.followRedirects=false',
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'fetch.recurseSubmodules=false',
  'log.showSignature=false',
  'gc.auto=0',
  'maintenance.auto=false',
];

export function startGit({ args, gitDir, protocol, signal }: GitCall): ChildProcess {
  const settings = protocol ? [...SETTINGS, `protocol.${protocol}.allow=always`] : SETTINGS;
  return spawn('git', [...settings.flatMap((it) => ['-c', it]), `--git-dir=${gitDir}`, ...args], {
    env: environment(protocol),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(signal && { signal }),
  });
}

/** What git was told to look at must not come from the shell that we were started in. */
function environment(protocol: string | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^GIT_/.test(name) || /^GIT_(SSH|ASKPASS|SSL)/.test(name),
  );
  return {
    GIT_SSH_COMMAND: 'ssh -o BatchMode=yes',
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_ALLOW_PROTOCOL: protocol ?? 'none',
  };
}

const SAID_LIMIT = 4_000;

/** Resolves when it has ended well. */
export async function runGit(call: GitCall, what: string): Promise<void> {
  const child = startGit(call);
  child.stdin?.on('error', () => undefined).end();
  child.stdout?.resume();
  await endOf(child, what);
}

/** Its output piece by piece, as long as it ends well. */
export async function* readGit(call: GitCall, what: string): AsyncGenerator<Buffer> {
  const child = startGit(call);
  child.stdin?.on('error', () => undefined).end();
  const ended = endOf(child, what);
  ended.catch(() => undefined);
  for await (const chunk of child.stdout ?? []) yield chunk as Buffer;
  await ended;
}

async function endOf(child: ChildProcess, what: string): Promise<void> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-SAID_LIMIT);
  });
  const [code] = (await once(child, 'close').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).name === 'AbortError') throw error;
    throw new ImportError('NOT_FOUND', `git cannot be started: ${(error as Error).message}`, { hint: 'install git' });
  })) as [number | null];
  if (code !== 0) throw gitFailed(what, said);
}

function gitFailed(what: string, said: string): ImportError {
  const lines = said.split('\n').filter((it) => /^(fatal|error|remote|ssh|git@)/i.test(it));
  const why = (lines.slice(0, 3).join('; ') || said.trim() || 'git ended badly').slice(0, 500);
  return new ImportError('REMOTE_UNREACHABLE', `${what}: ${why.replaceAll(/\/\/[^/@\s]*@/g, '//')}`, {
    hint: 'check the address, the branch (--ref) and your access',
  });
}
