/**
 * Runs a script of the agent's owner for an answer: in an empty folder of its own, with a clean environment, for a bounded
 * time and with a bounded output. What a chat asks for is run this way; who may ask is for the agent to say.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { inherited } from './inherited.ts';
import { isListed } from './policy.ts';
import { runProcess } from './process/run-process.ts';
import { scriptCommand } from './script-command.ts';

export interface ScriptRun {
  /** Absolute. */
  readonly path: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names of the agent's own environment that it may see. */
  readonly passes: readonly string[];
  readonly timeoutMs: number;
  readonly mostBytes: number;
  readonly stop: AbortSignal;
}

export interface ScriptEnd {
  readonly ok: boolean;
  /** What it printed; or how it failed. */
  readonly text: string;
}

const GRACE_MS = 2_000;

export async function runScript(run: ScriptRun): Promise<ScriptEnd> {
  const name = basename(run.path);
  const command = scriptCommand(run.path);
  if (!command) return failed(`${name} needs PowerShell, and neither pwsh nor powershell is installed`);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gityard-script-')));
  try {
    return await runIn(folder, [...command, ...run.args], run);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runIn(folder: string, argv: readonly string[], run: ScriptRun): Promise<ScriptEnd> {
  const { path, passes, timeoutMs, mostBytes } = run;
  const name = basename(path);
  const over = AbortSignal.timeout(timeoutMs);
  const printed: Record<'stdout' | 'stderr', Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  const end = await runProcess({
    argv,
    folder,
    environment: {
      ...inherited(process.env, (it) => isListed(passes, it)),
      HOME: folder,
      TMPDIR: folder,
      LC_ALL: 'C.UTF-8',
      ...run.environment,
    },
    stop: AbortSignal.any([run.stop, over]),
    graceMs: GRACE_MS,
    onOutput(chunk, from) {
      printed[from] = Buffer.concat([printed[from], chunk]).subarray(0, mostBytes + 1);
    },
  });
  if (over.aborted) return failed(`${name} ran longer than ${timeoutMs / 1000} s and was stopped`);
  if (end.failure) return failed(`${name} could not be started: ${end.failure.message}`);
  if (printed.stdout.length > mostBytes) return failed(`${name} printed more than ${mostBytes} bytes`);
  if (end.exitCode === 0) return { ok: true, text: printed.stdout.toString('utf8') };
  const complaint = (printed.stderr.length > 0 ? printed.stderr : printed.stdout).toString('utf8').trim();
  return failed(
    `${name} ended with ${end.signal ?? `exit code ${end.exitCode}`}${complaint === '' ? '' : `: ${complaint}`}`,
  );
}

const failed = (text: string): ScriptEnd => ({ ok: false, text });
