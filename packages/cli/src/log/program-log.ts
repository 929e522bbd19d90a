/** Where a program says what happens: as sentences for whoever watches its terminal, or in lines that are kept and collected. */
import { appendFileSync } from 'node:fs';
import { isAtLeast, type Log, type LogFacts, type LogLine, openJsonLog, openMaskedLog } from '@gityard/telemetry';
import type { Io } from '../start/io.ts';
import { render } from '../text/render.ts';
import { safeLines } from '../text/safe-text.ts';
import type { LogSettings } from './settings.ts';

export interface ProgramLog {
  readonly isJson: boolean;
  /** Who reads it sees nothing else: neither what the command answers, nor why it failed. */
  readonly isKept: boolean;
  /** Nothing but lines of this log goes to stderr. */
  readonly ownsStderr: boolean;
  tell(line: LogLine): void;
  /** Resolves when all is written. */
  close(): Promise<void>;
}

/** What every command has: sentences on stderr. */
export const plainLog = (io: Io): ProgramLog => watchedLog(io, 'info');

export async function openProgramLog(io: Io, settings: LogSettings, facts: LogFacts): Promise<ProgramLog> {
  const { value: level } = settings.level;
  const { value: file } = settings.file;
  const isJson = settings.format.value === 'json';
  if (!isJson && file === null) return watchedLog(io, level);
  const write = writerTo(io, file);
  const { maskSecrets } = await import('@gityard/yard');
  const mask = (text: string): Promise<string> => maskSecrets(text.replace(KEY_OF_PAGE, '#key=***'));
  const log = isJson ? await openJsonLog({ level, write, mask, facts }) : sentencesIn({ level, write, mask });
  return {
    ...{ isJson, isKept: true, ownsStderr: isJson && file === null },
    ...{ tell: (line) => log.write(line), close: () => log.close() },
  };
}

/** `gityard up` tells the address that lets somebody act; it is for who started it. */
const KEY_OF_PAGE = /#key=[\w-]+/g;

const watchedLog = ({ stderr }: Io, least: LogLine['level']): ProgramLog => ({
  ...{ isJson: false, isKept: false, ownsStderr: false },
  tell: ({ level, text, facts }) => {
    if (!isAtLeast(level, least)) return;
    stderr.write(render([[text]], 'plain'));
    if (least === 'debug' && facts?.stack) stderr.write(`${safeLines(String(facts.stack)).join('\n')}\n`);
  },
  close: () => Promise.resolve(),
});

interface Kept {
  readonly level: LogLine['level'];
  readonly mask: (text: string) => Promise<string>;
  readonly write: (text: string) => void;
}

/** Nobody sees when a line comes, and how much it matters: both stand in front of it. */
const sentencesIn = ({ write, ...options }: Kept): Log =>
  openMaskedLog({
    ...options,
    draw: ({ time, level, text }) => write(render([[`${time} ${level.toUpperCase().padEnd(5)} ${text}`]], 'plain')),
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
