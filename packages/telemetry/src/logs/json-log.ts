/** The log of a program as JSON, one object a line: `time` (RFC 3339), `level`, `msg`, and the facts of the line. */
import { type Log, type LogFacts, type MaskedLogOptions, maskedFacts, openMaskedLog } from './masked-log.ts';

export interface JsonLogOptions extends Omit<MaskedLogOptions, 'draw'> {
  /** One line, with its end. */
  readonly write: (text: string) => void;
  /** In every line: the program, the agent. */
  readonly facts: LogFacts;
}

export async function openJsonLog({ level: least, mask, write, facts: common }: JsonLogOptions): Promise<Log> {
  const { pino } = await import('pino');
  const logger = pino(
    {
      level: least,
      base: await maskedFacts(common, mask),
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  return openMaskedLog({
    level: least,
    mask,
    draw: ({ time, level, text, facts }) => logger[level]({ time, ...facts }, text),
  });
}
