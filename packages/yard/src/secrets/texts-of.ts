/** The texts in the input of an operation, each under the name that a person knows it by, and a way to put others in their place. */

export interface TextIn {
  /** `message.body`, `job.command`, `reason`. */
  readonly place: string;
  readonly text: string;
}

/** Words of one command line are read together: the flag says what the next one is. A field says what its value is. */
export function textsIn(value: unknown, place = '', depth = 0): readonly TextIn[] {
  if (typeof value === 'string') return value === '' ? [] : [{ place: place || 'text', text: value }];
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value) && value.every((it) => typeof it === 'string'))
    return value.length === 0 ? [] : [{ place: place || 'text', text: value.join(' ') }];
  return Object.entries(value).flatMap(([name, it]) => {
    const inner = `${place}${place && '.'}${name}`;
    const named = MAPS.test(place) && typeof it === 'string' ? `${name}=${it}` : it;
    return textsIn(named, inner, depth + 1);
  });
}

function withTexts(value: unknown, change: (text: string) => string, depth = 0): unknown {
  if (typeof value === 'string') return change(value);
  if (depth > MOST_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((it) => withTexts(it, change, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, withTexts(it, change, depth + 1)]));
}

/** The same value with every text as that function has it, in its own time. */
export async function withTextsAsync(value: unknown, change: (text: string) => Promise<string>): Promise<unknown> {
  const changed = new Map<string, string>();
  withTexts(value, (text) => {
    changed.set(text, text);
    return text;
  });
  for (const text of changed.keys()) changed.set(text, await change(text));
  return withTexts(value, (text) => changed.get(text) ?? text);
}

/** Deeper than any input is. */
const MOST_DEPTH = 12;
/** Places whose names people choose, so that they tell what the values are. */
const MAPS = /(?:^|\.)(?:parameters|params|env|args)$/;
