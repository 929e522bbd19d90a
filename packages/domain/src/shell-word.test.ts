import { expect, it } from 'vitest';
import { shellWord } from './shell-word.ts';

it.each(['main', 'release/1.x', 'git@example.org:acme/app.git', '--repo', '--jobs=4', 'a~b'])(
  'leaves %j as it is, which means itself to every shell',
  (word) => {
    expect(shellWord(word)).toBe(word);
  },
);

it.each([
  ['*', "'*'"],
  ['', "''"],
  ['~root', "'~root'"],
  ['=ls', "'=ls'"],
  ["it's; rm -rf $HOME", "'it'\\''s; rm -rf $HOME'"],
  ['a\nb', "'a\nb'"],
])('quotes %j', (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});
