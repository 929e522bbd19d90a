/**
 * Lines on their way to where they are kept. No text gets there that was not looked at for secrets; since that takes its time,
 * lines wait for each other, and keep their order. None is longer than a collector takes, whatever somebody wrote into a job.
 */
import { traceparentHere } from '../traces/span.ts';
import { isAtLeast, type LogLevel } from './level.ts';

/** What is null or undefined is left out. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface LogLine {
  readonly level: LogLevel;
  readonly text: string;
  readonly facts?: LogFacts;
}

export interface Log {
  write(line: LogLine): void;
  /** Resolves when all that was told is written. */
  close(): Promise<void>;
}

/** As it may be kept: without secrets, without gaps among its facts. */
interface MaskedLine extends Required<LogLine> {
  /** When it was told, not when its turn came: RFC 3339. */
  readonly time: string;
}

export interface MaskedLogOptions {
  /** Nothing below is written. */
  readonly level: LogLevel;
  readonly mask: (text: string) => Promise<string>;
  readonly draw: (line: MaskedLine) => void;
}

export function openMaskedLog({ level: least, mask, draw }: MaskedLogOptions): Log {
  let before: Promise<void> = Promise.resolve();
  const drawMasked = async (time: string, { level, text, facts = {} }: LogLine): Promise<void> =>
    draw({ time, level, text: await maskedText(text, mask), facts: await maskedFacts(facts, mask) });
  return {
    write: (line) => {
      if (!isAtLeast(line.level, least)) return;
      const time = new Date().toISOString();
      const here = traceparentHere();
      const facts = here === undefined ? line.facts : { ...placeFacts(here), ...line.facts };
      before = before
        .then(() => drawMasked(time, { ...line, ...(facts && { facts }) }))
        // One line that could not be looked at must not keep back those after it, and must not get out itself.
        .catch((error: unknown) =>
          draw({ time, level: 'error', text: `a line is left out: ${(error as Error).name}`, facts: {} }),
        );
    },
    close: () => before,
  };
}

/** Where it stands in its trace, by the names that OpenTelemetry gives to these in logs that are not its own. */
export function placeFacts(traceparent: string | null | undefined): LogFacts {
  const [, traceId, spanId] = traceparent?.split('-') ?? [];
  return { trace_id: traceId, span_id: spanId };
}

export async function maskedFacts(facts: LogFacts, mask: (text: string) => Promise<string>): Promise<LogFacts> {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  const masked = known.map(async ([name, value]) => [
    name,
    typeof value === 'string' ? await maskedText(value, mask) : value,
  ]);
  return Object.fromEntries(await Promise.all(masked));
}

/** Characters of one text: a line with a few of them still fits where lines of 64 KB do. */
const LONGEST = 8_000;

/** Cut only then: of half a secret nobody would know what it is. */
async function maskedText(text: string, mask: (text: string) => Promise<string>): Promise<string> {
  const masked = await mask(text);
  return masked.length <= LONGEST ? masked : `${masked.slice(0, LONGEST)}… (${masked.length} characters)`;
}
