/** In the shells themselves, where they are. */
import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryFolder } from '@gityard/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../command.ts';
import { COMMANDS } from '../commands/list.ts';
import { completionFor, SHELLS } from './list.ts';
import { tablesOf } from './tables.ts';

let commands: readonly Command[];
beforeAll(async () => {
  commands = await Promise.all(COMMANDS.map((it) => it.load()));
});

/** What a person has typed, the last word unfinished, and what is offered for it. */
const ASKED: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['quar'], ['quarantine']],
  [['quarantine', 's'], ['show']],
  [['--json', 'job', 'add', '--pri'], ['--priority']],
  [
    ['job', 'add', '--strategy', 'C'],
    ['Clean', 'Cached', 'Canary'],
  ],
  [['completion', 'f'], ['fish']],
  [['job', 'complete', 'b1', 'suc'], ['succeeded']],
];

const SCRIPTS = {
  bash: (words: readonly string[]) => `. ./completion
COMP_WORDS=(gityard ${words.join(' ')}); COMP_CWORD=${words.length}; _gityard; printf '%s\\n' "\${COMPREPLY[@]}"`,
  // What draws the list is left out: it needs a terminal.
  zsh: (words: readonly string[]) => `compdef() { :; }
_describe() { local it; for it in "\${(@P)2}"; do [[ $it == "\${words[CURRENT]}"* ]] && print -r -- "\${it%%:*}"; done; true; }
. ./completion
words=(gityard ${words.join(' ')}); CURRENT=${words.length + 1}; _gityard`,
  fish: (words: readonly string[]) =>
    `source ./completion; complete -C 'gityard ${words.join(' ')}' | string split -f1 \\t`,
};

describe.each(Object.entries(SCRIPTS))('completion in %s', (shell, scriptFor) => {
  const isHere = spawnSync(shell, ['-c', 'exit 0']).status === 0;

  it('offers the words, the flags and their values that may come next', async ({ skip }) => {
    skip(!process.env.CI && !isHere, `there is no ${shell} here`);
    const { path, remove } = await temporaryFolder();
    try {
      await writeFile(join(path, 'completion'), completionFor(shell as keyof typeof SCRIPTS, commands));
      const runs = ASKED.map(async ([words]) => {
        const options = { cwd: path, env: { PATH: process.env.PATH, HOME: path, XDG_CONFIG_HOME: path } };
        const { stdout } = await promisify(execFile)(shell, ['-c', scriptFor(words)], options);
        return [words, stdout.split('\n').filter(Boolean).sort()] as const;
      });

      expect(await Promise.all(runs)).toEqual(ASKED.map(([words, offered]) => [words, [...offered].sort()]));
    } finally {
      await remove();
    }
  });
});

describe('completion', () => {
  it('knows every command, and offers no word that a shell could take for more than a word', () => {
    const { words, flags, values } = tablesOf(commands);
    const all = [words, flags, values].flatMap((table) => [...table.values()].flat());

    expect([...flags.keys()].sort()).toEqual(commands.map((it) => it.name).sort());
    expect(all.filter(({ word }) => !/^[\w.-]+$/.test(word))).toEqual([]);
    expect(all.filter(({ summary }) => summary === '' || summary.includes('\n'))).toEqual([]);
  });

  it.each(SHELLS)('for %s is the same text for the same commands, and names each of them', (shell) => {
    const text = completionFor(shell, commands);

    expect(completionFor(shell, commands)).toBe(text);
    expect(commands.map((it) => it.name).filter((it) => !text.includes(it))).toEqual([]);
  });
});
