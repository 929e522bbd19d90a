/** Takes a command apart as a shell would, without one: words, quotes and backslashes, and nothing that a shell does beside that. */
import { StoreError } from '../../errors.ts';

const WORD = /(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs;
const PIECE = /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs;

export function shellWords(command: string, setting: string): string[] {
  const words = command.match(WORD) ?? [];
  if (words.length === 0 || command.replace(WORD, '').trim() !== '') throw needsShell(setting);
  return words.map((word) => {
    if (asksForShell(word)) throw needsShell(setting);
    return word.replace(PIECE, (_, escaped, single, double) => escaped ?? single ?? unescaped(double));
  });
}

/** Variables, pipes, patterns: only text in single quotes, and what a backslash keeps, is free of them. */
function asksForShell(word: string): boolean {
  const bare = word.replace(/\\.|'[^']*'/gs, '');
  return /[$`]/.test(bare) || /[|&;<>()*?#!{}[\]]/.test(bare.replace(/"[^"]*"/gs, ''));
}

/** Between double quotes a backslash keeps only what would mean something there. */
function unescaped(text: string): string {
  return text.replace(/\\([$`"\\])/g, '$1');
}

function needsShell(setting: string): StoreError {
  return new StoreError(
    'REMOTE_INVALID',
    `${setting} is more than a program with arguments, and no shell is used for it`,
    {
      hint: `write ${setting} without variables, pipes and open quotes, or let it name a script`,
    },
  );
}
