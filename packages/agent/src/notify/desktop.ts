/** A program of this machine, named by its owner: `["notify-send", "{title}", "{text}"]`. Its words are arguments, never a shell's. */
import { execFile } from 'node:child_process';
import type { ChannelKind, ChannelMessage } from './channel.ts';
import { ChannelError } from './channel.ts';

const LONGEST_MS = 15_000;

export const desktop: ChannelKind = {
  kind: 'desktop',
  open: ({ command: [program = '', ...words] }) => {
    if (program === '') throw new ChannelError('it needs "command": a program and its arguments', { lasting: true });
    const argumentsFor = (message: ChannelMessage) => words.map((word) => filled(word, message));
    return {
      preview: (message) => ({ command: [program, ...argumentsFor(message)] }),
      send: (message, signal) => run(program, argumentsFor(message), signal),
    };
  },
};

/** In one go: what stands in a title is no placeholder. NUL was taken out before. */
const filled = (word: string, { title, text, url }: ChannelMessage): string =>
  word.replace(/\{(title|text|url)\}/g, (_, name: string) => ({ title, text, url })[name] ?? '');

function run(program: string, words: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(program, words, { timeout: LONGEST_MS, signal, windowsHide: true, maxBuffer: 64 * 1024 }, (error) => {
      if (!error) return resolve();
      const lasting = (error as NodeJS.ErrnoException).code === 'ENOENT';
      const why = lasting ? 'is not there' : `ended with ${error.code ?? error.signal ?? error.name}`;
      reject(new ChannelError(`${program} ${why}`, { lasting }));
    });
  });
}
