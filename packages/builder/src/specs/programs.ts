/** Real programs for specs, on private ports, in temporary folders: gone when the specs of a file are over. */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Null where it is there. On the build server what is missing is a failure. */
export function whyMissing(programs: readonly string[]): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin'];
  const missing = programs.filter((it) => !existsSync(it) && !folders.some((folder) => existsSync(join(folder, it))));
  if (missing.length === 0) return null;
  const why = `${missing.join(', ')} not installed`;
  if (process.env.CI === 'true') throw new Error(why);
  return why;
}

export interface Running {
  stop(): Promise<void>;
}

/** Resolves when all of the ports answer. */
export async function startProgram(
  argv: readonly [string, ...string[]],
  {
    ports,
    folder,
    environment = {},
  }: { ports: readonly number[]; folder: string; environment?: Record<string, string> },
): Promise<Running> {
  const [program, ...args] = argv;
  const child = spawn(program, args, {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
    env: { ...process.env, ...environment },
  });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => {
    told = (told + chunk.toString('utf8')).slice(-4_000);
  });
  const over = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ended = over.then(() => Promise.reject(new Error(`${program} ended: ${told}`)));
  ended.catch(() => undefined);
  await Promise.race([ended, Promise.all(ports.map(answers))]);
  return {
    stop: async () => {
      // Its whole group: some start helpers of their own.
      if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
        process.kill(-child.pid, 'SIGKILL');
      await over;
    },
  };
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.once('connect', () => socket.destroy());
    });
    if (open) return;
    await pause(50);
  }
}

export const userName = (): string => execFileSync('id', ['-un'], { encoding: 'utf8' }).trim();
