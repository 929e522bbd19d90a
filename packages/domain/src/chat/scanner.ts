/**
 * Reads a command from left to right: words, quoted texts and JSON objects that end where their own brace closes. Written by
 * hand, because only then can it say what was wrong and where. Whatever cannot be read is thrown as a `Misspelt`, which
 * `parse-command.ts` catches.
 */
export class Misspelt extends Error {}

export class Scanner {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Skips blanks; true at the end. */
  isDone(): boolean {
    while (/\s/.test(this.peek())) this.at++;
    return this.at >= this.text.length;
  }

  /** Up to the next blank, at least one character. */
  word(what: string): string {
    if (this.isDone()) throw new Misspelt(`${what} is missing`);
    const start = this.at;
    while (this.peek() !== '' && !/\s/.test(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }

  /** A word, or a text in double quotes in which \" and \\ stand for themselves. */
  wordOrQuoted(what: string): string {
    if (this.isDone()) throw new Misspelt(`${what} is missing`);
    return this.peek() === '"' ? this.quoted(what) : this.word(what);
  }

  quoted(what: string): string {
    if (this.isDone() || this.peek() !== '"') throw new Misspelt(`${what} must stand in double quotes`);
    let value = '';
    for (this.at++; this.at < this.text.length; this.at++) {
      const character = this.peek();
      if (character === '"') {
        this.at++;
        this.endOfWord(what);
        return value;
      }
      if (character === '\\' && /["\\]/.test(this.text[this.at + 1] ?? '')) this.at++;
      value += this.peek();
    }
    throw new Misspelt(`the quotes of ${what} are never closed`);
  }

  /** `name:` of a `name:value`. */
  name(): string {
    const found = /^[a-z]+(?=:)/i.exec(this.text.slice(this.at, this.at + 20))?.[0];
    if (found === undefined) throw new Misspelt(`${shown(this.text.slice(this.at))} is nothing that was expected here`);
    this.at += found.length + 1;
    return found.toLowerCase();
  }

  /** What stands right behind a `name:`; nothing where a blank follows. */
  value(): string {
    return this.peek() === '' || /\s/.test(this.peek()) ? '' : this.word('the value');
  }

  /** The JSON object that begins here, to the brace that closes it. */
  object(what: string): Readonly<Record<string, unknown>> {
    if (this.isDone() || this.peek() !== '{') throw new Misspelt(`${what} must be a JSON object, in braces`);
    const text = this.text.slice(this.at, this.closingBrace(what) + 1);
    this.at += text.length;
    this.endOfWord(what);
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch (error) {
      throw new Misspelt(`${what} is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`);
    }
  }

  private closingBrace(what: string): number {
    let depth = 0;
    let inText = false;
    for (let at = this.at; at < this.text.length; at++) {
      const character = this.text[at];
      if (inText && character === '\\') at++;
      else if (character === '"') inText = !inText;
      else if (!inText && character === '{') depth++;
      else if (!inText && character === '}' && --depth === 0) return at;
    }
    throw new Misspelt(`the braces of ${what} are never closed`);
  }

  private endOfWord(what: string): void {
    if (this.peek() !== '' && !/\s/.test(this.peek())) throw new Misspelt(`a blank is missing after ${what}`);
  }

  private peek(): string {
    return this.text[this.at] ?? '';
  }
}

const shown = (text: string): string => JSON.stringify(text.length > 40 ? `${text.slice(0, 39)}…` : text);
