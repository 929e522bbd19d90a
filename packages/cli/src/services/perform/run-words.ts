/** Runs one of the system's own programs by its words, without a shell. Rejects with what the program said. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { CliError } from '../../errors.ts';

/** Resolves with what it printed. `input`: what it reads. */
export async function runWords([program, ...words]: readonly string[], input = ''): Promise<string> {
  const child = spawn(program ?? '', words, { stdio: 'pipe', windowsHide: true });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  // A program that reads nothing may be gone before.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = [text(child.stdout), text(child.stderr)];
  const code = await ended.catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' ? notInstalled(program, cause) : cause;
  });
  if (code === 0) return stdout;
  const said = (await stderr).trim().split('\n').slice(-3).join('; ') || `it ended with ${code}`;
  throw new CliError('NOT_RUNNABLE', `${[program, ...words].join(' ')}: ${said}`, {
    hint: 'mend that, and run this again',
  });
}

const notInstalled = (program: string | undefined, cause: unknown): CliError =>
  new CliError('NOT_RUNNABLE', `there is no ${program} on this machine`, {
    hint: 'install it, or choose another way with --with systemd, cron, launchd or schtasks',
    cause,
  });
