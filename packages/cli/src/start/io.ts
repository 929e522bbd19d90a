/** The world around the program as one value, so that specs can pass another. Knows no command. */
import type { Readable, Writable } from 'node:stream';
import { type Colour, wantedColour } from '../text/render.ts';

export interface Io {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly colour: Colour;
  /** Where a screen can be drawn again in place. */
  readonly terminal: { readonly rows: number; readonly columns: number } | null;
}

export function processIo(): Io {
  const { stdin, stdout, stderr, env } = process;
  return {
    cwd: process.cwd(),
    env,
    stdin,
    stdout,
    stderr,
    colour: wantedColour(env, stdout.isTTY),
    terminal: stdout.isTTY && !env.CI && env.TERM !== 'dumb' ? { rows: stdout.rows, columns: stdout.columns } : null,
  };
}
