/**
 * One pass over a JSON text before it is parsed, for what `JSON.parse` lets through and should not: nesting that would
 * exhaust the stack, a key said twice, keys that reach into prototypes, numbers that cannot be held exactly.
 */
export interface Fault {
  readonly reason: string;
  readonly line: number;
}

const DEPTH_LIMIT = 64;
/** What lies between is passed over: the parser that follows knows what may stand there. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|-?\d[\d.eE+-]*|\n/g;

export function scanJson(text: string): Fault | undefined {
  const keys: (Set<string> | null)[] = [];
  let line = 1;
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line++;
    if (token === '{' || token === '[') keys.push(token === '{' ? new Set() : null);
    if (keys.length > DEPTH_LIMIT) return { reason: `is nested deeper than ${DEPTH_LIMIT}`, line };
    if (token === '}' || token === ']') keys.pop();
    const reason = token === ':' ? faultOfKey(previous, keys.at(-1)) : faultOfNumber(token);
    if (reason !== undefined) return { reason, line };
    if (token !== '\n') previous = token;
  }
  return undefined;
}

function faultOfKey(literal: string, siblings: Set<string> | null | undefined): string | undefined {
  const key = decoded(literal);
  if (key === undefined || !siblings) return undefined;
  if (key === '__proto__' || key === 'constructor' || key === 'prototype') return `has a key ${JSON.stringify(key)}`;
  if (siblings.has(key)) return `says ${JSON.stringify(key)} twice`;
  siblings.add(key);
  return undefined;
}

function faultOfNumber(token: string): string | undefined {
  if (!/^-?\d/.test(token)) return undefined;
  const value = Number(token);
  if (Number.isNaN(value)) return undefined;
  if (!Number.isFinite(value)) return `has the number ${token.slice(0, 30)}, which is out of range`;
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    return `has the number ${token.slice(0, 30)}, which cannot be held exactly`;
  return undefined;
}

/** A key may be written with escapes; what is no string at all is for the parser to refuse. */
function decoded(literal: string): string | undefined {
  if (!literal.startsWith('"')) return undefined;
  try {
    return JSON.parse(literal) as string;
  } catch {
    // A broken escape: the parser that follows says where.
    return undefined;
  }
}
