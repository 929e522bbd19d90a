/** The calls of `gityard` in a text, and whether the program would take their words: what cannot run is at least well spelled. */
import { ACTING_FLAGS, COMMANDS, findCommand, GLOBAL_FLAGS, parseArguments } from '@gityard/cli';

export interface Call {
  /** Within the text, from 0. */
  readonly line: number;
  readonly words: readonly string[];
}

/** Before a command: the beginning, where the shell goes on, and programs that start another one. An option's value is none. */
const BEFORE =
  /(?:^|[;&|({"'`=]|\s--\s|(?:^|\s)(?:sudo|exec|time|npx|env|then|do|else|if|until|while|!)\s(?:\S*[-=]\S*\s+)*)\s*(?:\w+=\S*\s+)*$/;
const OF_AN_OPTION = /\s-[a-zA-Z]\s+$/;

/** In scripts: each command that begins with the program, up to where the shell goes on. */
export function callsIn(script: string): Call[] {
  const lines = script.split('\n');
  return lines.flatMap((line, at) => {
    if (/^\s*(?:#|\/\/)/.test(line)) return [];
    return [...line.matchAll(/\b(?:gityard|git-yard)(?:\.cmd|\.exe)? (?=[a-z-])/g)].flatMap(({ index, 0: found }) => {
      const before = line.slice(0, index).replace(/(?<=^|\s)[~.]{0,2}\/[\w./-]*$/, '');
      if (!BEFORE.test(before) || OF_AN_OPTION.test(before)) return [];
      const rest = [line.slice(index + found.length), ...lines.slice(at + 1)];
      return [{ line: at, words: wordsOf(joined(rest)) }];
    });
  });
}

/** Lines that end with a backslash, or with PowerShell's backtick, go on. */
function joined([first = '', ...rest]: readonly string[]): string {
  return /[\\`]$/.test(first) ? `${first.slice(0, -1)} ${joined(rest)}` : first;
}

const WORD =
  /\s*(?:#.*$|([|;&>)]|<(?![\w-]+>)|\d>|&&)|((?:"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^)]*\)|<[\w-]+>|[^\s"'|;&<>()`])+))/y;

function wordsOf(text: string): string[] {
  const words: string[] = [];
  WORD.lastIndex = 0;
  for (let found = WORD.exec(text); found; found = WORD.exec(text)) {
    const [, end, word] = found;
    if (end !== undefined || word === undefined) break;
    words.push(
      word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
    );
  }
  return words;
}

/**
 * What is wrong with the words of a call; undefined: nothing. `isWhole`: it could be run as it stands; otherwise what is missing
 * is left out because the sentence is about something else.
 */
export async function wrongCall(
  words: readonly string[],
  { isWhole }: { isWhole: boolean },
): Promise<string | undefined> {
  try {
    if (words.length === 0 || words[0] === '--version' || words[0] === 'help') return undefined;
    const found = findCommand(COMMANDS, words);
    if (found.sort === 'group')
      return isWhole && !words.includes('--help') ? `gityard ${words.join(' ')} is no whole command` : undefined;
    if (found.words.some((word) => word === '--help' || word === '…')) return undefined;
    const { acts, parameters } = await found.entry.load();
    parseArguments({ ...GLOBAL_FLAGS, ...(acts && ACTING_FLAGS), ...parameters }, found.words);
    return undefined;
  } catch (error) {
    const { message } = error as Error;
    const isLeftOut = !isWhole && /is missing|has no value/.test(message);
    // What stands for a word of the reader's own cannot be read as a number or a time.
    const isPlaceholder = words.some((word) => /<[\w-]+>|…|\$/.test(word)) && !/there is no/.test(message);
    return isLeftOut || isPlaceholder ? undefined : `gityard ${words.join(' ')}: ${message}`;
  }
}
