/** Bytes from the repository to a value, strictly: size, UTF-8, nesting, doubled keys, numbers, syntax. Knows no schema. */
import { scanJson } from './scan-json.ts';

export type Read =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      readonly code: 'INVALID_DATA' | 'TOO_LARGE';
      readonly reason: string;
      readonly line: number | null;
    };

export const FILE_LIMIT_BYTES = 1_000_000;
const CONFLICT_MARKER = /^(<{7} |={7}$|>{7} )/m;

export function readJson(bytes: Uint8Array, limitBytes: number = FILE_LIMIT_BYTES): Read {
  if (bytes.length > limitBytes)
    return { ok: false, code: 'TOO_LARGE', reason: `has ${bytes.length} bytes, more than ${limitBytes}`, line: null };
  const text = decodeUtf8(bytes);
  if (text === undefined) return bad('is not UTF-8 text');
  if (text.trim() === '') return bad('is empty');
  const marker = CONFLICT_MARKER.exec(text);
  if (marker) return bad('holds the conflict markers of a merge', lineAt(text, marker.index));
  const fault = scanJson(text);
  return fault ? bad(fault.reason, fault.line) : parsed(text);
}

/** A byte order mark is forgiven (editors of one system write it); NUL and broken sequences are not. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    // Only an invalid sequence throws here.
    return undefined;
  }
}

function parsed(text: string): Read {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const message = (error as Error).message;
    const position = /position (\d+)/.exec(message)?.[1];
    const line = position === undefined ? faultyLine(text) : lineAt(text, Number(position));
    return bad(`is not JSON: ${withoutQuote(message)}`, line);
  }
}

/** For some faults V8 tells no position. The lines before the faulty one, alone, fail only because they end too early. */
function faultyLine(text: string): number {
  const lines = text.split('\n');
  let [good, faulty] = [0, lines.length];
  while (faulty - good > 1) {
    const middle = (good + faulty) >> 1;
    if (endsTooEarly(lines.slice(0, middle).join('\n'))) good = middle;
    else faulty = middle;
  }
  return faulty;
}

function endsTooEarly(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    return position === undefined ? /end of JSON|Unterminated/.test(message) : Number(position) >= text.length;
  }
}

/** What V8 quotes of the text around the place is cut out of its lines; the line number says where to look. */
const withoutQuote = (message: string): string =>
  message.replace(/, (\.\.\.)?".*$| \(line.*$| in JSON at position.*$| at position.*$/s, '');

const lineAt = (text: string, position: number): number => text.slice(0, position).split('\n').length;

function bad(reason: string, line: number | null = null): Read {
  return { ok: false, code: 'INVALID_DATA', reason, line };
}
