import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../commands/list.ts';

const deploy = new URL('../../../deploy/', import.meta.url);
const names = COMMANDS.map((it) => it.name);
const isKnown = (words: string): boolean => names.some((it) => words === it || words.startsWith(`${it} `));

describe('what alerts and their guide tell people to do', () => {
  it.each(['prometheus/alerts.yml', 'README.md'])('is done by commands that exist: %s', (file) => {
    const told = [...readFileSync(new URL(file, deploy), 'utf8').matchAll(/gityard ((?:[a-z-]+ ?)+)/g)].map(
      ([, words = '']) => words.trim(),
    );

    expect(told.length).toBeGreaterThan(2);
    expect(told.filter((it) => !isKnown(it))).toEqual([]);
  });
});
