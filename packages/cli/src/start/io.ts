/** The world around the program as one value, so that specs can pass another. Knows no command. */
import type { Readable, Writable } from 'node:stream';
import type { TerminalSize } from '../text/fit.ts';
import { type Colour, wantedColour } from '../text/render.ts';

export interface Io {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly colour: Colour;
  /** Where a screen can be drawn again in place. */
  readonly terminal: TerminalSize | null;
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
    // The stream itself: its size changes with its window.
    terminal: stdout.isTTY && !env.CI && env.TERM !== 'dumb' ? stdout : null,
  };
}
