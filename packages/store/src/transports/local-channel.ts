/**
 * A repository in a folder of this machine, through the system's own git: one process for each question. It speaks
 * the same protocol as over HTTP, hooks and all. Starts programs with argument lists only.
 */
import { spawn } from 'node:child_process';
import { access, constants, stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import { linkedAbort } from '../abort.ts';
import { diskTroubleIn } from '../codec/disk-trouble.ts';
import { StoreError } from '../errors.ts';
import { diskError } from '../push-errors.ts';
import type { Channel, Question, Service } from './channel.ts';
import { programEnvironment } from './start-program.ts';

export function localChannel(path: string, { timeoutMs = 120_000 } = {}): Channel {
  // An absolute path cannot be taken for an option.
  const folder = resolve(path);
  const context = { folder, timeoutMs };
  return {
    name: folder,
    advertise: (service, signal) => run(context, { service, body: new Uint8Array(), signal }, ['--advertise-refs']),
    request: (question) => run(context, question, []),
    close: async () => undefined,
  };
}

interface Context {
  readonly folder: string;
  readonly timeoutMs: number;
}

async function run(
  { folder, timeoutMs }: Context,
  question: Question,
  options: readonly string[],
): Promise<Uint8Array> {
  await checkFolder(folder);
  if (question.service === 'git-receive-pack') await checkDisk(folder);
  question.signal?.throwIfAborted();
  // Git is ended by SIGTERM, on which it removes its lock files; a ref that stays locked would stop everybody.
  const stop = linkedAbort(question.signal, { timeoutMs });
  const args = [...SETTINGS, program(question.service), '--stateless-rpc', ...options, folder];
  const end = await runGit(args, { body: question.body, signal: stop.signal }).finally(stop.release);
  // Where git said something before it failed, the protocol tells the reason better than the exit code.
  if (!end.failure && (end.code === 0 || end.output.length > 0)) return end.output;
  throw failureOf(end, { folder, question });
}

/** So that a huge file that somebody pushed is left where it is. We are the server here, and may offer it. */
const SETTINGS = ['-c', 'uploadpack.allowFilter=true'];

function program(service: Service): string {
  return service.slice('git-'.length);
}

async function checkFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return;
  throw new StoreError('REMOTE_INVALID', `${folder} is no folder`, { hint: 'give the path of a Git repository' });
}

/** Git does not say why it cannot make its folder for new objects, and here we can find out. */
async function checkDisk(folder: string): Promise<void> {
  const code = await access(folder, constants.W_OK).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
  if (code === 'EROFS')
    throw diskError('READ_ONLY', { remote: folder, reason: 'its file system is mounted read-only' });
}

interface End {
  readonly code: number | null;
  readonly output: Uint8Array;
  readonly complaint: string;
  /** Set when git could not be started, or was told to stop. */
  readonly failure?: Error;
}

function runGit(args: readonly string[], { body, signal }: { body: Uint8Array; signal: AbortSignal }): Promise<End> {
  return new Promise((resolveEnd) => {
    const env = { ...programEnvironment(process.env), GIT_PROTOCOL: 'version=2' };
    const child = spawn('git', args, { env, signal, stdio: 'pipe', windowsHide: true });
    const output: Buffer[] = [];
    let complaint = '';
    let failure: Error | undefined;
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-2_000);
    });
    child.once('error', (error) => {
      failure = error;
    });
    child.once('close', (code) =>
      resolveEnd({ code, output: Buffer.concat(output), complaint: complaint.trim(), ...(failure && { failure }) }),
    );
    // Git may end before it has read everything; its exit code tells that better than a broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(body);
  });
}

function failureOf(end: End, { folder, question }: { folder: string; question: Question }): unknown {
  const { failure, complaint } = end;
  if ((failure as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') {
    return new StoreError('REMOTE_UNREACHABLE', 'git could not be started', { hint: 'install git', cause: failure });
  }
  const mayHaveLanded = question.service === 'git-receive-pack';
  if (failure && question.signal?.aborted && !mayHaveLanded) return question.signal.reason;
  if (failure) {
    const hint = 'look for a hook or a disk that hangs';
    return new StoreError('TIMEOUT', `git was stopped in ${folder}`, { hint, cause: failure, mayHaveLanded });
  }
  const trouble = diskTroubleIn(complaint);
  if (trouble) return diskError(trouble, { remote: folder, reason: complaint });
  const hint = 'check that the folder holds a Git repository which you may use';
  return new StoreError('REMOTE_INVALID', `git failed in ${folder}: ${complaint || 'it gave no reason'}`, {
    hint,
    mayHaveLanded,
  });
}
