/**
 * What of one build must not be seen, and all the ways by which it takes that out of what leaves the build: the output of its
 * programs as streams, everything else as texts. It learns while the build runs, from those who give secrets and from the build.
 */
import { openMaskReader } from './mask-lines.ts';
import { Needles } from './needles.ts';
import { openRedactor, type Redactor, redactedText } from './redactor.ts';

type OutputName = 'stdout' | 'stderr';

interface Output {
  write(chunk: Buffer, from: OutputName): Promise<void>;
  /** Shows what was held back, when the program has ended. */
  end(): Promise<void>;
}

export interface Redaction {
  /** @param called how the value is called where it cannot be masked, because it is too short */
  hide(value: string, called: string): void;
  text(text: string): string;
  /** The same value with every text in it as `text` has it. */
  value<T>(value: T): T;
  /** The two outputs of one program, each on its own: what one says must not tear a secret of the other apart. */
  openOutput(show: (shown: Buffer, from: OutputName) => Promise<void>): Output;
  /** The output of all programs as one stream, for what two of them say together. */
  openLog(): Redactor;
}

/** A build that hides more than this wants to slow us down. */
const MOST_MASKS = 200;
const MOST_MASK_BYTES = 64 * 1024;

export function openRedaction(warn: (text: string) => void): Redaction {
  const needles = new Needles();
  const hide: Redaction['hide'] = (value, called) => {
    if (value !== '' && !needles.add(value)) warn(`${called} is shorter than 6 bytes, and is not masked`);
  };
  const hideForBuild = maskedByBuild({ hide, warn: once(warn) });
  const text = (it: string) => redactedText(needles, it);
  return {
    hide,
    text,
    value: (value) => (needles.longestBytes === 0 ? value : withTexts(value, text)),
    openOutput(show) {
      const streams = { stdout: openStream(needles, hideForBuild), stderr: openStream(needles, hideForBuild) };
      const told = async (shown: Buffer, from: OutputName) => {
        if (shown.length > 0) await show(shown, from);
      };
      return {
        write: (chunk, from) => told(streams[from].write(chunk), from),
        async end() {
          for (const from of ['stdout', 'stderr'] as const) await told(streams[from].end(), from);
        },
      };
    },
    openLog: () => openRedactor(needles),
  };
}

function openStream(needles: Needles, hide: (value: string) => void) {
  const [masks, redactor] = [openMaskReader(hide), openRedactor(needles)];
  return {
    write: (chunk: Buffer) => redactor.write(masks.write(chunk)),
    end: () => Buffer.concat([redactor.write(masks.end()), redactor.end()]),
  };
}

function maskedByBuild({ hide, warn }: { hide: Redaction['hide']; warn: (text: string) => void }) {
  let [count, bytes] = [0, 0];
  return (value: string) => {
    count += 1;
    bytes += Buffer.byteLength(value);
    if (count > MOST_MASKS || bytes > MOST_MASK_BYTES)
      warn(
        `the build masks more than ${MOST_MASKS} values or ${MOST_MASK_BYTES} bytes; the rest of them is not masked`,
      );
    else hide(value, 'a value of ::add-mask::');
  };
}

function once(warn: (text: string) => void): (text: string) => void {
  let told = false;
  return (text) => {
    if (!told) warn(text);
    told = true;
  };
}

function withTexts<T>(value: T, change: (text: string) => string): T;
function withTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((it) => withTexts(it, change));
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, withTexts(it, change)]));
}
