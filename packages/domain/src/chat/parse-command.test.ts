import { describe, expect, it } from 'vitest';
import { COMMAND_EXAMPLES, isCommand } from './command.ts';
import { parseCommand } from './parse-command.ts';

const problemOf = (text: string): string => {
  const parsed = parseCommand(text);
  return parsed.ok ? `understood: ${JSON.stringify(parsed.command)}` : parsed.problem;
};

describe('parse-command', () => {
  it('reads a task with tags and nested parameters, to their end', () => {
    const parsed = parseCommand(
      '/task "Build https://example.com/a branch main" tags:build,dotnet params:{"url":"https://example.com/a","more":{"list":[{"b":"}\\""}]}}',
    );

    expect(parsed).toEqual({
      ok: true,
      command: {
        kind: 'task',
        text: 'Build https://example.com/a branch main',
        tags: ['build', 'dotnet'],
        parameters: { url: 'https://example.com/a', more: { list: [{ b: '}"' }] } },
        notify: false,
      },
    });
  });

  it('takes the fields in any order, and parameters over several lines', () => {
    const parsed = parseCommand('  /task "A \\"fine\\" one" notify:true params: {\n "a": 1\n}\n tags:x\n');

    expect(parsed).toMatchObject({
      command: { text: 'A "fine" one', tags: ['x'], parameters: { a: 1 }, notify: true },
    });
  });

  it('reads what the priority queue of old printed', () => {
    expect(parseCommand('/task "Build app (Priority: 3)" tags:build,priority-3')).toMatchObject({
      command: { text: 'Build app (Priority: 3)', tags: ['build', 'priority-3'] },
    });
    expect(parseCommand('/tasklist tags:build')).toEqual({ ok: true, command: { kind: 'tasklist', tags: ['build'] } });
    expect(parseCommand('/tasklist')).toEqual({ ok: true, command: { kind: 'tasklist', tags: [] } });
    expect(parseCommand('/taskstatus 01k9x')).toEqual({ ok: true, command: { kind: 'taskstatus', id: '01k9x' } });
  });

  it('reads the script that somebody is to run, with its words', () => {
    expect(
      parseCommand('/msg BuildMasterBot exec create-build-task.ps1 https://github.com/example/project "a b" dotnet'),
    ).toEqual({
      ok: true,
      command: {
        kind: 'exec',
        bot: 'BuildMasterBot',
        script: 'create-build-task.ps1',
        args: ['https://github.com/example/project', 'a b', 'dotnet'],
      },
    });
  });

  it.each([
    ['/task Build', 'the text of the task must stand in double quotes'],
    ['/task "Build', 'the quotes of the text of the task are never closed'],
    ['/task " "', 'the text of the task is empty'],
    ['/task "a"tags:b', 'a blank is missing after the text of the task'],
    ['/task "a" tags:', 'tags: "" is no tag; write tags:build,npm'],
    ['/task "a" tags:b,$(c)', 'tags: "$(c)" is no tag; write tags:build,npm'],
    ['/task "a" tags:b tags:c', 'tags: was given twice'],
    ['/task "a" params:{"b":1', 'the braces of params are never closed'],
    ['/task "a" params:[1]', 'params must be a JSON object, in braces'],
    ['/task "a" params:{b:1}', 'params is no JSON'],
    ['/task "a" params:{}x', 'a blank is missing after params'],
    ['/task "a" colour:red', 'colour: is not known here; there is tags:, params:, notify:'],
    ['/task "a" and more', '"and more" is nothing that was expected here'],
    ['/taskstatus', 'the id of the task is missing'],
    ['/taskstatus a b', 'nothing more was expected before "b"'],
    ['/msg bot exec ../evil.sh', '"../evil.sh" is no name of a script; a path cannot be given'],
    ['/msg bot exec', 'the name of the script is missing'],
  ])('says of %s what is wrong', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it('bounds how deep and how long parameters are', () => {
    expect(problemOf(`/task "a" params:{"b":${'['.repeat(40_000)}${']'.repeat(40_000)}}`)).toContain(
      'nested more than 20',
    );
    expect(problemOf(`/task "a" params:{"b":"${'x'.repeat(50_000)}"}`)).toContain('too long');
  });

  it('gives examples that it understands', () => {
    for (const example of Object.values(COMMAND_EXAMPLES)) {
      expect(isCommand(example)).toBe(true);
      expect(parseCommand(example)).toMatchObject({ ok: true });
    }
  });

  it('takes nothing for a command that is not meant as one', () => {
    const words = ['/tasks are fine', 'see /task', '/msg ada hello', '/msg', 'task "a"', ''];

    expect(words.filter(isCommand)).toEqual([]);
    expect(['/task', '/msg a exec', ' /tasklist\n'].filter(isCommand)).toHaveLength(3);
  });
});
