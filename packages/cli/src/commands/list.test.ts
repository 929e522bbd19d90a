import { describe, expect, it } from 'vitest';
import { ACTING_FLAGS, GLOBAL_FLAGS } from '../globals.ts';
import { commandHelp } from '../help.ts';
import { parseArguments } from '../parse-arguments.ts';
import { render } from '../text/render.ts';
import { findCommand } from './find-command.ts';
import { COMMANDS } from './list.ts';

/** The words of an example as a shell would split them, up to what the shell itself does with the rest. */
const wordsOf = (example: string): string[] =>
  (example.split(/ (?:\|\||>|\|) /)[0] ?? '').match(/"[^"]*"|\S+/g)?.map((it) => it.replaceAll('"', '')) ?? [];

describe.each(COMMANDS)('the command $name', ({ name, summary, load }) => {
  it('says of itself what the list says', async () => {
    const command = await load();

    expect({ name: command.name, summary: command.summary }).toEqual({ name, summary });
    expect(summary).not.toMatch(/\.$/);
  });

  it('has an example that works as it stands', async () => {
    const { parameters, acts, example } = await load();
    const [program, ...words] = wordsOf(example);
    const found = findCommand(COMMANDS, words);

    expect(program).toBe('gityard');
    expect(found.sort === 'command' && found.entry.name).toBe(name);
    expect(() =>
      parseArguments({ ...GLOBAL_FLAGS, ...(acts && ACTING_FLAGS), ...parameters }, found.words),
    ).not.toThrow();
  });

  it('takes the flags of all commands, and hides none of them behind its own', async () => {
    const { parameters, acts } = await load();
    const common = Object.keys({ ...GLOBAL_FLAGS, ...(acts && ACTING_FLAGS) });

    expect(Object.keys(parameters).filter((it) => common.includes(it))).toEqual([]);
  });

  it('has help with that example', async () => {
    const command = await load();
    const help = render(commandHelp(command), 'plain');

    expect(help).toContain(command.example);
    expect(help).toContain('--json');
  });
});

describe('find-command', () => {
  const nameOf = (...words: string[]): string => {
    const found = findCommand(COMMANDS, words);
    return found.sort === 'command' ? `${found.entry.name} | ${found.words.join(' ')}` : `${found.name}…`;
  };

  it('finds a command with global flags before and between its words', () => {
    expect(nameOf('--yard', 'job', 'job', '--json', 'add', '--', 'make')).toBe('job add | --yard job --json -- make');
    expect(nameOf('status', '--watch')).toBe('status | --watch');
    expect(nameOf('job')).toBe('job…');
    expect(nameOf('--help')).toBe('…');
  });

  it('says what was meant', () => {
    expect(() => nameOf('job', 'ad')).toThrow(expect.objectContaining({ hint: 'did you mean gityard job add?' }));
    expect(() => nameOf('stauts')).toThrow(expect.objectContaining({ hint: 'did you mean gityard status?' }));
    expect(() => nameOf('frobnicate')).toThrow(expect.objectContaining({ hint: 'gityard --help lists all' }));
  });
});
