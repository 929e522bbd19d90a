/** The words and signs of an expression. Knows nothing of what they mean. */
export type Token =
  | { readonly sort: 'sign'; readonly text: string }
  | {
      readonly sort: 'word';
      readonly text: string;
      /** Taken apart at its dots. */
      readonly path: readonly string[];
      /** As it stands, without quotes around it. */
      readonly plain: string;
    };

const LONGEST = 2000;
const PART = `(?:"[^"]*"|[A-Za-z0-9_:/@*+-]+)`;
const TOKEN = new RegExp(String.raw`\s*(?:(&&|\|\||==|!=|<=|>=|[()<>!=])|(${PART}(?:\.${PART})*))\s*`, 'y');
/** Spellings of other languages. */
const SAME: Readonly<Record<string, string>> = { '&&': 'and', '||': 'or', '!': 'not', '=': '==' };
const SPOKEN: ReadonlySet<string> = new Set(['and', 'or', 'not']);

export function tokensOf(text: string): readonly Token[] | { readonly fault: string } {
  if (text.length > LONGEST) return { fault: `it is longer than ${LONGEST} characters` };
  const tokens: Token[] = [];
  for (let at = 0; at < text.trimEnd().length; ) {
    TOKEN.lastIndex = at;
    const [all, sign, word] = TOKEN.exec(text) ?? [];
    if (all === undefined) return { fault: `"${text.slice(at).trim().slice(0, 20)}" cannot be read` };
    at += all.length;
    if (sign !== undefined) tokens.push({ sort: 'sign', text: SAME[sign] ?? sign });
    else if (word !== undefined) tokens.push(SPOKEN.has(word.toLowerCase()) ? spoken(word) : wordFrom(word));
  }
  return tokens;
}

const spoken = (word: string): Token => ({ sort: 'sign', text: word.toLowerCase() });

function wordFrom(text: string): Token {
  const path = Array.from(text.matchAll(new RegExp(PART, 'g')), ([part]) => unquoted(part));
  return { sort: 'word', text, path, plain: unquoted(text) };
}

const unquoted = (word: string): string => (/^"[^"]*"$/.test(word) ? word.slice(1, -1) : word);
