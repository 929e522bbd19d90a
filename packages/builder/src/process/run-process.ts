/**
 * Runs one program to its end in a process group of its own, and leaves nothing of it behind: not when it is told to
 * stop, and not when it ends by itself with children still running. Output goes to a consumer that sets the pace.
 * Knows neither stages nor toolchains, and never uses a shell.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { killTree, stopTree } from './stop-tree.ts';

type OutputName = 'stdout' | 'stderr';

export interface ProcessOptions {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Open files that it inherits, from 3 on; closed here as soon as it has them. */
  readonly descriptors?: readonly number[];
  /** Known before: it need not be tried. */
  readonly failure?: NodeJS.ErrnoException | null;
  /** Its first process only guards the others, and ends with them: it is not asked to stop. */
  readonly guarded?: boolean;
  readonly stop: AbortSignal;
  readonly graceMs: number;
  /** An environment entry that this program's descendants carry, by which those that left the group are found. */
  readonly marker?: string;
  /** Called as soon as it runs, with the id that is its group's as well. */
  onStart?(id: number): void;
  onOutput(chunk: Buffer, from: OutputName): Promise<void> | void;
}

export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it did not even start. */
  readonly failure: NodeJS.ErrnoException | null;
  readonly durationMs: number;
}

/** How long output may still arrive after the last process of the group is gone. */
const DRAIN_MS = 2_000;

export async function runProcess(options: ProcessOptions): Promise<ProcessEnd> {
  const startedAt = performance.now();
  const child = options.failure ?? start(options);
  for (const descriptor of options.descriptors ?? []) closeSync(descriptor);
  if (child instanceof Error) return notStarted(child, startedAt);
  if (child.pid !== undefined) options.onStart?.(child.pid);
  try {
    await once(child, 'spawn');
  } catch (error) {
    return notStarted(error as NodeJS.ErrnoException, startedAt);
  }

  const end = await follow(child, options);
  return { ...end, failure: null, durationMs: Math.round(performance.now() - startedAt) };
}

function start({ argv, folder, environment, descriptors = [] }: ProcessOptions): ChildProcess | NodeJS.ErrnoException {
  const [program = '', ...args] = argv;
  const detached = process.platform !== 'win32';
  try {
    return spawn(program, args, {
      cwd: folder,
      env: { ...environment },
      stdio: ['ignore', 'pipe', 'pipe', ...descriptors],
      detached,
      windowsHide: true,
    });
  } catch (error) {
    // A NUL in an argument or too long a list; both come from the job, so both are answers and not bugs.
    return error as NodeJS.ErrnoException;
  }
}

function notStarted(failure: NodeJS.ErrnoException, startedAt: number): ProcessEnd {
  return { exitCode: null, signal: null, failure, durationMs: Math.round(performance.now() - startedAt) };
}

async function follow(child: ChildProcess, options: ProcessOptions): Promise<Pick<ProcessEnd, 'exitCode' | 'signal'>> {
  // A consumer that fails (a full disk) stops the program too; otherwise it would wait for ever on a full pipe.
  const broken = new AbortController();
  const stop = AbortSignal.any([options.stop, broken.signal]);
  const output = Promise.all([pump(child.stdout, 'stdout', options), pump(child.stderr, 'stderr', options)]);
  output.catch(() => broken.abort());

  const stopped = stopWhenTold(child, { ...options, stop });
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  await stopped;
  await killTree(child, options.marker);
  await drain(child, output);
  return { exitCode: child.exitCode, signal: child.signalCode };
}

function stopWhenTold(child: ChildProcess, { stop, graceMs, marker, guarded }: ProcessOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const act = () => void stopTree(child, { graceMs, marker, guarded }).then(resolve, reject);
    if (stop.aborted) act();
    else stop.addEventListener('abort', act, { once: true });
    child.once('exit', () => {
      if (stop.aborted) return;
      stop.removeEventListener('abort', act);
      resolve();
    });
  });
}

async function pump(stream: Readable | null, from: OutputName, { onOutput }: ProcessOptions): Promise<void> {
  if (!stream) return;
  try {
    for await (const chunk of stream) await onOutput(chunk as Buffer, from);
  } catch (error) {
    // We close the pipe ourselves when somebody outside the group still holds its other end.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

/** A descendant that escaped us may hold the pipe open for ever; what it says is no longer part of the build. */
async function drain(child: ChildProcess, output: Promise<unknown>): Promise<void> {
  const timer = setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, DRAIN_MS);
  try {
    await output;
  } finally {
    clearTimeout(timer);
  }
}
