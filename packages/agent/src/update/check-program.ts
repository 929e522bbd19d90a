/** Lets a program judge itself on this machine, before anything depends on it: `gityard self-check`, in an environment of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type Program, programFolder } from './programs.ts';
import { UpdateError } from './update-error.ts';

const PATIENCE_MS = 180_000;
const KEPT = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'USERPROFILE', 'LANG'];

interface Told {
  readonly ok?: unknown;
  readonly version?: unknown;
  readonly checks?: readonly { readonly name: string; readonly ok: boolean; readonly text: string }[];
}

export async function checkProgram(home: string, program: Program, signal: AbortSignal): Promise<void> {
  const told = await selfCheck(home, program, signal);
  const failed = told.checks?.find((it) => !it.ok);
  if (failed) throw new UpdateError('code', `its self-check fails: ${failed.name}: ${failed.text}`);
  if (told.ok !== true) throw new UpdateError('code', 'its self-check says nothing that could be understood');
  if (told.version !== program.version)
    throw new UpdateError('code', `it says that it is ${String(told.version)}, not ${program.version}`);
}

function selfCheck(home: string, { entry }: Program, signal: AbortSignal): Promise<Told> {
  const folder = programFolder(home);
  const env = Object.fromEntries(KEPT.flatMap((it) => (process.env[it] === undefined ? [] : [[it, process.env[it]]])));
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, env, signal, timeout: PATIENCE_MS, maxBuffer: 10_000_000 };
    execFile(process.execPath, [join(folder, entry), 'self-check', '--json'], options, (error, stdout, stderr) => {
      if (signal.aborted) return reject(error);
      try {
        resolve(Object(JSON.parse(stdout)) as Told);
      } catch {
        // Whatever it printed, it is no answer; how it ended says more.
        const why = stderr.trim().split('\n').at(-1) || error?.message.split('\n')[0] || 'it printed no answer';
        reject(new UpdateError('code', `its self-check does not run: ${why}`));
      }
    });
  });
}
