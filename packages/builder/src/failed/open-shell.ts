/**
 * A program in the workspace of a build that failed, with the terminal of whoever looks into it: in the environment of the
 * build and in a cell like its own. Secrets are there only when somebody gives them.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { BuildPolicy } from '../contract.ts';
import { environmentOf } from '../environment.ts';
import { type Folders, foldersOf, realRoot } from '../folders.ts';
import { type Limits, NO_LIMITS, noSandbox, type Program, type Sandbox } from '../sandbox/sandbox.ts';
import { type FailedWorkspace, failedFolder, runOf } from './record.ts';

export interface ShellRequest {
  readonly root: string;
  readonly record: FailedWorkspace;
  readonly policy: BuildPolicy;
  readonly sandbox?: Sandbox;
  readonly limits?: Limits;
  readonly secrets: Readonly<Record<string, string>>;
  /** None: a shell. */
  readonly command: readonly string[];
}

/** How it ended, as a shell would say it. */
export async function openShell(request: ShellRequest): Promise<number> {
  const { record, sandbox = noSandbox, limits = NO_LIMITS } = request;
  const folders = await foldersOfFailed(request.root, record);
  const { workspace, home } = folders;
  const cell = await sandbox.open({ id: `${runOf(record)}-shell`, limits, writable: [workspace, home], readable: [] });
  try {
    const argv = request.command.length > 0 ? request.command : ['/bin/sh', '-i'];
    const program = { argv, folder: folders.source, environment: environmentIn(folders, request) };
    return await run(await cell.confine(program, { stage: 'Build', network: true }));
  } finally {
    await cell.close();
  }
}

async function foldersOfFailed(root: string, { job, token }: FailedWorkspace): Promise<Folders> {
  const real = await realRoot(root);
  const folders = foldersOf({ root: real, job: job.id, token });
  const workspace = join(failedFolder(real), `${job.id}-${token}`);
  const [source, staging, reports, temporary] = ['source', 'artifacts', 'reports', 'tmp'].map((it) =>
    join(workspace, it),
  );
  return { ...folders, workspace, ...({ source, staging, reports, temporary } as Pick<Folders, 'source'>) };
}

function environmentIn(folders: Folders, { record, policy, secrets }: ShellRequest): Record<string, string> {
  const { job, token, attempt, agent, branch, commit, committedSeconds, environment } = record;
  const signal = new AbortController().signal;
  const rest = { folder: '', timeoutSeconds: 0, signal, onProgress: () => undefined };
  const request = { job, token, attempt, agent, policy, ...rest };
  const { TERM = 'dumb' } = process.env;
  return { ...environmentOf(request, folders, { branch, commit, committedSeconds }), TERM, ...environment, ...secrets };
}

function run({
  argv,
  folder,
  environment,
  descriptors,
}: Program & { descriptors: readonly number[] }): Promise<number> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const stdio = ['inherit', 'inherit', 'inherit', ...descriptors] as const;
    const child = spawn(program, args, { cwd: folder, env: environment, stdio: [...stdio] });
    // Ctrl-C is meant for what runs in the shell; it ends when its shell does.
    const ignore = () => undefined;
    process.on('SIGINT', ignore);
    const ended = (code: number) => {
      process.off('SIGINT', ignore);
      resolve(code);
    };
    child.once('error', (error: NodeJS.ErrnoException) => ended(error.code === 'ENOENT' ? 127 : 126));
    child.once('exit', (code, signal) => ended(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
