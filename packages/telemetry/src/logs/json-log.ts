/**
 * The log of a program as JSON, one object a line: `time` (RFC 3339), `level`, `msg`, and the facts of the line. No text gets out
 * that was not looked at for secrets; since that takes its time, lines wait for each other, and keep their order.
 */
import { traceparentHere } from '../traces/span.ts';
import type { LogLevel } from './level.ts';

/** What is null or undefined is left out. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
  readonly facts?: LogFacts;
}

export interface JsonLog {
  write(line: LogLine): void;
  /** Resolves when all that was told is written. */
  close(): Promise<void>;
}

export interface JsonLogOptions {
  /** Nothing below is written. */
  readonly level: LogLevel;
  /** One line, with its end. */
  readonly write: (text: string) => void;
  readonly mask: (text: string) => Promise<string>;
  /** In every line: the program, the agent. */
  readonly facts: LogFacts;
}

export async function openJsonLog({ level: least, write, mask, facts }: JsonLogOptions): Promise<JsonLog> {
  const { pino } = await import('pino');
  const logger = pino(
    {
      level: least,
      base: await maskedFacts(facts, mask),
      // When it was told, not when its turn came.
      timestamp: false,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  let before: Promise<void> = Promise.resolve();
  const writeMasked = async (time: string, { level, text }: LogLine, own: LogFacts = {}): Promise<void> =>
    logger[level]({ time, ...(await maskedFacts(own, mask)) }, await mask(text));
  return {
    write: (line) => {
      const time = new Date().toISOString();
      const here = traceparentHere();
      const facts = here === undefined ? line.facts : { ...placeFacts(here), ...line.facts };
      before = before
        .then(() => writeMasked(time, line, facts))
        // One line that could not be looked at must not keep back those after it, and must not get out itself.
        .catch((error: unknown) => logger.error({ time }, `a line is left out: ${(error as Error).name}`));
    },
    close: () => before,
  };
}

/** Where it stands in its trace, by the names that OpenTelemetry gives to these in logs that are not its own. */
export function placeFacts(traceparent: string | null | undefined): LogFacts {
  const [, traceId, spanId] = traceparent?.split('-') ?? [];
  return { trace_id: traceId, span_id: spanId };
}

async function maskedFacts(facts: LogFacts, mask: (text: string) => Promise<string>): Promise<LogFacts> {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  const masked = known.map(async ([name, value]) => [name, typeof value === 'string' ? await mask(value) : value]);
  return Object.fromEntries(await Promise.all(masked));
}
