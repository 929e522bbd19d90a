/**
 * The small language in which the state is asked: `job.01k9x.status == failed`, `jobs.queued > 10 and not lock.deploy.holder == ann`.
 * Read by hand into a value; nothing of it is ever run.
 *
 *   any  = all { "or" all }            path = word { "." word }, words with other characters in double quotes
 *   all  = one { "and" one }           sign = == != < <= > >=
 *   one  = "not" one | "(" any ")" | path [ sign word ]
 */
import { faultOfPath } from './facts.ts';
import { type Token, tokensOf } from './tokens.ts';

const SIGNS = ['==', '!=', '<', '<=', '>', '>='] as const;
export type Sign = (typeof SIGNS)[number];

export type Expression =
  | { readonly sort: 'any' | 'all'; readonly of: readonly Expression[] }
  | { readonly sort: 'not'; readonly of: Expression }
  /** It is there, and neither false, nothing nor zero. */
  | { readonly sort: 'holds'; readonly path: readonly string[] }
  | { readonly sort: 'compares'; readonly path: readonly string[]; readonly sign: Sign; readonly word: string };

export type ReadExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly reason: string };

const MOST_TOKENS = 200;

export function readExpression(text: string): ReadExpression {
  const tokens = tokensOf(text);
  if ('fault' in tokens) return { ok: false, reason: tokens.fault };
  if (tokens.length === 0) return { ok: false, reason: 'it is empty' };
  if (tokens.length > MOST_TOKENS) return { ok: false, reason: `it has more than ${MOST_TOKENS} words` };
  try {
    return { ok: true, expression: new Parser(tokens).whole() };
  } catch (error) {
    if (error instanceof Misread) return { ok: false, reason: error.message };
    throw error;
  }
}

class Misread extends Error {}

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Expression {
    const expression = this.any();
    const left = this.tokens[this.at];
    if (left) throw new Misread(`"${left.text}" is one word too many; join conditions with "and" or "or"`);
    return expression;
  }

  private any(): Expression {
    return this.joined('any', 'or', () => this.joined('all', 'and', () => this.one()));
  }

  private joined(sort: 'any' | 'all', word: 'or' | 'and', next: () => Expression): Expression {
    const of = [next()];
    while (this.takes(word)) of.push(next());
    return of.length === 1 && of[0] ? of[0] : { sort, of };
  }

  private one(): Expression {
    if (this.takes('not')) return { sort: 'not', of: this.one() };
    if (!this.takes('(')) return this.condition();
    const inner = this.any();
    if (!this.takes(')')) throw new Misread('a ")" is missing');
    return inner;
  }

  private condition(): Expression {
    const path = this.word('the name of a thing, like jobs.queued').path;
    const fault = faultOfPath(path);
    if (fault !== undefined) throw new Misread(fault);
    const sign = SIGNS.find((it) => this.takes(it));
    if (!sign) return { sort: 'holds', path };
    return {
      sort: 'compares',
      path,
      sign,
      word: meant(path, this.word(`something to compare with after ${sign}`).plain),
    };
  }

  private word(what: string): Extract<Token, { sort: 'word' }> {
    const token = this.tokens[this.at];
    if (token?.sort !== 'word')
      throw new Misread(`${what} is missing${token ? ` before "${token.text}"` : ' at the end'}`);
    this.at++;
    return token;
  }

  private takes(text: string): boolean {
    const token = this.tokens[this.at];
    const isThis = token?.sort === 'sign' && token.text === text;
    if (isThis) this.at++;
    return isThis;
  }
}

/** An agent is told to `drain`, and then its mode is `draining`. */
const meant = (path: readonly string[], word: string): string =>
  path[0] === 'agent' && path.at(-1) === 'mode' && word === 'drain' ? 'draining' : word;
