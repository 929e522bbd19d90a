/** "::error file=app.js,line=3,col=5,title=No::What is wrong": the words by which a build reports findings itself. */
import type { Problem } from './match-problems.ts';

const COMMAND = /^::(error|warning|notice)(?: ([^:]{0,1000}))?::(.*)$/;

export function conventionOf(line: string): Problem | null {
  const [, level, properties = '', message = ''] = COMMAND.exec(line) ?? [];
  if (level === undefined) return null;
  const known = new Map(properties.split(',').map(pairOf));
  const title = known.get('title');
  const text = unescaped(message).trim();
  return {
    level: level as Problem['level'],
    file: known.get('file') ?? null,
    line: numberIn(known.get('line')),
    column: numberIn(known.get('col')),
    code: null,
    message: (title ? `${title}: ${text}` : text) || 'no message',
  };
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, Math.max(0, at)).trim(), unescaped(text.slice(at + 1))];
}

const SIGNS: Readonly<Record<string, string>> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };

const unescaped = (text: string): string =>
  text.replace(/%(?:0D|0A|3A|2C|25)/gi, (sign) => SIGNS[sign.toUpperCase()] ?? sign);

function numberIn(text: string | undefined): number | null {
  return /^\d{1,7}$/.test(text ?? '') ? Number(text) : null;
}
