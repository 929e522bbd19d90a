import { shellWord } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { jobWishOf } from './job-fields.ts';
import { wordsOf } from './words-of-command.ts';

describe('job-fields', () => {
  it('wishes only what was said', () => {
    const given = new FormData();
    given.set('repository', ' https://git.example/a.git ');
    given.set('command', `make "all tests" 'x y' -j4`);
    given.set('priority', 'High');
    given.set('labels', 'arm64, macos');
    given.set('branch', '');

    expect(jobWishOf(given, { job: { strategy: 'Clean' } })).toEqual({
      strategy: 'Clean',
      repository: 'https://git.example/a.git',
      command: ['make', 'all tests', 'x y', '-j4'],
      priority: 'High',
      labels: ['arm64', 'macos'],
    });
  });

  it('keeps what no field shows, and lets go of what was emptied', () => {
    const given = new FormData();
    given.set('priority', '4');

    expect(jobWishOf(given, { job: { branch: 'main', priority: 3, strategy: 'Cached', toolchain: null } })).toEqual({
      strategy: 'Cached',
      priority: 4,
    });
  });

  it('cuts a command line into words as people mean them', () => {
    expect(wordsOf('  npm   run test ')).toEqual(['npm', 'run', 'test']);
    expect(wordsOf('say "a \\"b\\"" ""')).toEqual(['say', 'a "b"', '']);
    expect(wordsOf(`make --name="two words" D='x'y it\\ is "un closed`)).toEqual([
      'make',
      '--name=two words',
      'D=xy',
      'it is',
      '"un',
      'closed',
    ]);
    expect(wordsOf('grep "a\\.b" C:\\tools')).toEqual(['grep', 'a\\.b', 'C:\\tools']);
  });

  it.each(['plain', '', 'two words', "it's", 'say "no"', 'set -e\nmake\n', 'back\\slash', '$HOME `x` *', '日本'])(
    'gives back the word %j as the form shows it',
    (word) => {
      expect(wordsOf(`sh -c ${shellWord(word)} end`)).toEqual(['sh', '-c', word, 'end']);
    },
  );
});
