/** Where a program says what happens: as sentences for whoever watches its terminal, or as JSON for what collects logs. */
import { appendFileSync } from 'node:fs';
import { isAtLeast, type LogFacts, type LogLine, openJsonLog } from '@gityard/telemetry';
import type { Io } from '../start/io.ts';
import { render } from '../text/render.ts';
import type { LogSettings } from './settings.ts';

export interface ProgramLog {
  readonly isJson: boolean;
  tell(line: LogLine): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

/** What every command has: sentences on stderr. */
export const plainLog = (io: Io): ProgramLog => textLog('info', (text) => void io.stderr.write(text));

export async function openProgramLog(
  io: Io,
  { format, level, file }: LogSettings,
  facts: LogFacts,
): Promise<ProgramLog> {
  const write = writerTo(io, file.value);
  if (format.value === 'text') return textLog(level.value, write);
  const { maskSecrets } = await import('@gityard/yard');
  const log = await openJsonLog({ level: level.value, write, mask: maskSecrets, facts });
  return { isJson: true, tell: (line) => log.write(line), close: () => log.close() };
}

const textLog = (least: LogLine['level'], write: (text: string) => void): ProgramLog => ({
  isJson: false,
  tell: ({ level, text }) => {
    if (isAtLeast(level, least)) write(render([[text]], 'plain'));
  },
  close: () => Promise.resolve(),
});

/** Opened for each line, so that whoever moves the file away gets a new one. */
function writerTo({ stderr }: Io, file: string | null): (text: string) => void {
  if (file === null) return (text) => void stderr.write(text);
  // Now, as an error of whoever named it; later nobody would hear of it.
  appendFileSync(file, '', { mode: 0o600 });
  return (text) => {
    try {
      appendFileSync(file, text, { mode: 0o600 });
    } catch {
      // A full disk must not end a build server, nor what it says.
      stderr.write(text);
    }
  };
}
