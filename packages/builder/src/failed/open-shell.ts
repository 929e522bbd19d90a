/**
 * A program in the workspace of a build that failed, with the terminal of whoever looks into it: in the environment of the
 * build and in a cell like its own. Secrets are there only when somebody gives them.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import { join } from 'node:path';
import { BuildError } from '../build-error.ts';
import type { BuildPolicy } from '../contract.ts';
import { environmentOf, marksOf } from '../environment.ts';
import { type Folders, foldersOf, realRoot } from '../folders.ts';
import { packageFolders } from '../prepare-home.ts';
import { networkFor, networkOf } from '../sandbox/network-for.ts';
import { type Confined, type Limits, NO_LIMITS, noSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { type FailedWorkspace, failedFolder, runOf } from './record.ts';

export interface ShellRequest {
  readonly root: string;
  readonly record: FailedWorkspace;
  readonly policy: BuildPolicy;
  readonly sandbox?: Sandbox;
  readonly limits?: Limits;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where goes what it prints on standard output. */
  readonly output?: 'stdout' | 'stderr';
  /** None: a shell. */
  readonly command: readonly string[];
}

/** The plain shell complains at its end about the terminal's owner, whom it cannot see from within a sandbox. */
const SHELL = ['/bin/sh', '-c', '[ -x /bin/bash ] && exec /bin/bash --norc -i; exec /bin/sh -i'];

/** How it ended, as a shell would say it. */
export async function openShell(request: ShellRequest): Promise<number> {
  const { record, policy, sandbox = noSandbox, limits = NO_LIMITS } = request;
  const folders = await foldersOfFailed(request.root, record);
  const { workspace, home, temporary, source } = folders;
  const cell = await sandbox.open({
    id: `${runOf(record)}-shell`,
    limits,
    writable: [workspace, home],
    temporary,
    readable: [...(policy.readable ?? []), ...(await packageFolders())],
    marks: marksOf(record, folders),
  });
  try {
    const argv = request.command.length > 0 ? request.command : SHELL;
    const program = { argv, folder: source, environment: environmentIn(folders, request) };
    const network = networkFor(networkOf(policy, null), 'Build');
    const confined = await cell.confine(program, { stage: 'Build', network });
    return await run(confined, request.output === 'stderr' ? process.stderr.fd : 'inherit');
  } finally {
    await cell.close();
  }
}

async function foldersOfFailed(root: string, { job, token, home: shared }: FailedWorkspace): Promise<Folders> {
  const real = await realRoot(root);
  const folders = foldersOf({ root: real, job: job.id, token });
  const workspace = join(failedFolder(real), `${job.id}-${token}`);
  const [source, staging, reports, temporary] = ['source', 'artifacts', 'reports', 'tmp'].map((it) =>
    join(workspace, it),
  );
  const home = shared ?? join(workspace, 'home');
  // One that others share may have been swept since.
  await mkdir(home, { recursive: true });
  return { ...folders, workspace, home, ...({ source, staging, reports, temporary } as Pick<Folders, 'source'>) };
}

function environmentIn(folders: Folders, { record, policy, secrets }: ShellRequest): Record<string, string> {
  const { job, token, attempt, agent, branch, commit, committedSeconds, environment } = record;
  const signal = new AbortController().signal;
  const rest = { folder: '', timeoutSeconds: 0, signal, onProgress: () => undefined };
  const request = { job, token, attempt, agent, policy, ...rest };
  const { TERM = 'dumb' } = process.env;
  return { ...environmentOf(request, folders, { branch, commit, committedSeconds }), TERM, ...environment, ...secrets };
}

async function run(
  { argv, folder, environment, descriptors, failure, onStart }: Confined,
  output: number | 'inherit',
): Promise<number> {
  if (failure) throw new BuildError('infrastructure', `the sandbox could not be entered: ${failure.message}`);
  const [program = '', ...args] = argv;
  // Ctrl-C is meant for what runs in the shell; it ends when its shell does.
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    const stdio: StdioOptions = ['inherit', output, 'inherit', ...descriptors];
    const child = spawn(program, args, { cwd: folder, env: environment, stdio });
    for (const descriptor of descriptors) closeSync(descriptor);
    if (child.pid !== undefined) onStart?.(child.pid);
    return await endOf(child);
  } finally {
    process.off('SIGINT', ignore);
  }
}

function endOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? 127 : 126));
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
