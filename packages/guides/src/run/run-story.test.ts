import { describe, expect, it } from 'vitest';
import { readBlocks } from './blocks.ts';
import { callsIn, wrongCall } from './calls.ts';
import { commandsShown, misprint } from './console.ts';
import { runStory } from './run-story.fixture.ts';

const run = (markdown: string): Promise<string[]> => runStory('page.md', readBlocks(markdown));
const block = (info: string, ...lines: string[]): string => `\`\`\`${info}\n${lines.join('\n')}\n\`\`\`\n`;

describe('run-story', () => {
  it('runs the blocks of a page as one story, with its files and what a reader does not see', async () => {
    const page = [
      '# Page\n\n<!-- setup\nhidden=yes\nsleep 600 & pids="$pids $!"\n-->\n',
      block('json file=deep/yard.json', '{"a": 1}'),
      block('sh', 'word=there', 'cd deep'),
      block(
        'console',
        '$ echo "$hidden $word" \\',
        '  more',
        'yes … more',
        '$ cat yard.json; pwd',
        '{"a": 1}',
        '…/deep',
      ),
      block('sh exit=3', 'echo before', '(exit 3)'),
      block('sh elsewhere="Windows"', 'exit 1'),
    ];

    expect(await run(page.join('\n'))).toEqual([]);
  });

  it('gives each story ports of its own, and shows those that are written', async () => {
    const page = block('console', '$ echo 7420 7421', '7420 7421', '$ test 7420 -ne 7421 -a 7420 -ne $((7000 + 420))');

    expect(await run(page)).toEqual([]);
  });

  it('takes a commit that holds the digits of a port for what it is', async () => {
    const page = block('console', '$ port=7420; echo "$port at abcde$port"', '7420 at 034071a8b9');

    expect(await run(page)).toEqual([]);
  });

  it('names the place of what fails, and what it said', async () => {
    expect(await run(`# Page\n\n${block('sh', 'true')}${block('sh', 'echo oh >&2', 'false', 'true')}`)).toEqual([
      'page.md:7 failed (1):\noh\n',
    ]);
  });

  it('shows what is printed instead', async () => {
    expect(await run(block('console', '$ true', '$ echo one; echo two', 'one', 'three'))).toEqual([
      'page.md:3 prints something else:\n- one\n- three\n+ one\n+ two',
    ]);
  });

  it('does not take another end for the one that a block names', async () => {
    expect(await run(block('sh exit=3', 'false'))).toEqual(['page.md:2 failed (1):\nended with 1, and not with 3\n']);
  });
});

describe('a block of a terminal', () => {
  it('is commands with what each prints', () => {
    expect(commandsShown('$ one \\\n  two\nout\n$ three')).toEqual([
      { line: 0, command: 'one \\\n  two', prints: ['out'] },
      { line: 3, command: 'three', prints: [] },
    ]);
  });

  it.each([
    [
      ['a …', '…', 'end'],
      ['a b c', '1', '2', 'end'],
    ],
    [['…', 'end'], ['end']],
    [['job 01m7y6zk397kdw3amnjp4zdg9d'], ['job 01m9999999999999999999999d']],
    [['at 034071a8b9  now'], ['at aaaaaaaaaa      now', '']],
  ])('fits what differs from run to run: %j', (expected, printed) => {
    expect(misprint(expected, printed)).toEqual([]);
  });

  it.each([
    [['a.c'], ['abc']],
    [['one'], ['one', 'two']],
    [
      ['one', '…', 'three'],
      ['one', 'two'],
    ],
    [[], ['something']],
  ])('tells of what does not fit: %j', (expected, printed) => {
    expect(misprint(expected, printed)).not.toEqual([]);
  });
});

describe('calls', () => {
  it('are found with their words, up to where the shell goes on', () => {
    const script =
      'x=1 && gityard job add --group "a b" \\\n  -- make all | tee log\n# gityard nothing\nid=$(gityard status --json)';

    expect(callsIn(script)).toEqual([
      { line: 0, words: ['job', 'add', '--group', 'a b', '--', 'make', 'all'] },
      { line: 3, words: ['status', '--json'] },
    ]);
  });

  it('are commands, and no names of users and places', () => {
    const found = (line: string) => callsIn(line).map(({ words }) => words.join(' '));

    expect(found('kubectl -n gityard exec deploy/gityard -- gityard token new')).toEqual(['token new']);
    expect(found('sudo -u gityard env GITYARD_HOME=/var/lib gityard agent policy')).toEqual(['agent policy']);
    expect(found('if gityard audit; then A=1 gityard status | tee x && /opt/bin/gityard top; fi')).toEqual([
      'audit',
      'status',
      'top',
    ]);
    expect(found('useradd gityard && chown gityard file')).toEqual([]);
  });

  it('are wrong where a command or a flag is not there', async () => {
    const wrong = async (text: string, isWhole = true) => {
      const [call] = callsIn(text);
      return await wrongCall(call?.words ?? [], { isWhole });
    };

    expect(await wrong('gityard job add -- make')).toBeUndefined();
    expect(await wrong('gityard job ad -- make')).toContain('there is no command job ad');
    expect(await wrong('gityard job add --prioritty 1 -- make')).toContain('there is no flag --prioritty');
    expect(await wrong('gityard job show')).toContain('is missing');
    expect(await wrong('gityard job show', false)).toBeUndefined();
  });
});
