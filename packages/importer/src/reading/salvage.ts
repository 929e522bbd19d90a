/**
 * Finds in a text that is not JSON what in it is: every object that is whole. One pass, however the text is broken; a string
 * that was never closed ends with its line, so that one lost quote does not swallow the rest.
 */
export interface Salvaged {
  /** The name under which it stood in another object. */
  readonly key: string | null;
  readonly value: unknown;
  /** From 1. */
  readonly line: number;
}

export interface Salvage {
  readonly found: readonly Salvaged[];
  /** Where something begins that never ends. null: nothing does. */
  readonly cutAt: number | null;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

const DEPTH_LIMIT = 64;
const FOUND_LIMIT = 200_000;

export function salvage(text: string): Salvage {
  const { spans, open } = spansOf(text);
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const lineAt = lines(text);
  const found: Salvaged[] = [];
  let reached = 0;
  for (const { start, end } of spans) {
    if (start < reached || found.length >= FOUND_LIMIT) continue;
    const value = parsed(text.slice(start, end));
    if (value === undefined) continue;
    found.push({ key: keyBefore(text, start), value, line: lineAt(start) });
    reached = end;
  }
  return { found, cutAt: open === undefined ? null : lineAt(open) };
}

/** Every pair of braces that fits. `open` is the last brace without its end. */
function spansOf(text: string): { spans: Span[]; open: number | undefined } {
  const spans: Span[] = [];
  const stack: { readonly sort: string; readonly start: number }[] = [];
  for (const token of text.matchAll(/"(?:[^"\\\n]|\\.)*"?|[{}[\]]/g)) {
    const [sort] = token;
    if (sort.startsWith('"')) continue;
    if (sort === '{' || sort === '[') {
      // Deeper than that nothing is looked for, and each end would look through all that is open.
      if (stack.length < DEPTH_LIMIT) stack.push({ sort, start: token.index });
    } else close(sort === '}' ? '{' : '[', token.index + 1);
  }
  return { spans, open: stack.findLast((it) => it.sort === '{')?.start };

  function close(sort: string, end: number): void {
    const at = stack.findLastIndex((it) => it.sort === sort);
    if (at === -1) return;
    const [opened] = stack.splice(at);
    if (sort === '{' && opened) spans.push({ start: opened.start, end });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whole by its braces and yet no JSON: what lies in it is looked at by itself.
    return undefined;
  }
}

const KEY_LENGTH_LIMIT = 400;

function keyBefore(text: string, start: number): string | null {
  const [, key] = /"((?:[^"\\\n]|\\.)*)"\s*:\s*$/.exec(text.slice(Math.max(0, start - KEY_LENGTH_LIMIT), start)) ?? [];
  // Parsed, it is a text of its own; as a piece of the file it would keep all of that in memory.
  const name = key === undefined ? undefined : parsed(`"${key}"`);
  return typeof name === 'string' ? name : null;
}

/** Asked in rising order, and counted on from the last answer. */
function lines(text: string): (position: number) => number {
  let [line, from] = [1, 0];
  return (position) => {
    if (position < from) [line, from] = [1, 0];
    for (let at = text.indexOf('\n', from); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) {
      line++;
      from = at + 1;
    }
    return line;
  };
}
