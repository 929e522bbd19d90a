import { describe, expect, it } from 'vitest';
import type { CliError } from './errors.ts';
import {
  argument,
  choiceArgument,
  duration,
  flag,
  list,
  oneOf,
  option,
  optionalArgument,
  pairs,
  rest,
  size,
  wholeNumber,
} from './parameters.ts';
import { parseArguments } from './parse-arguments.ts';
import { priorityOption } from './priority.ts';

const parameters = {
  id: argument('id', 'the id'),
  seconds: optionalArgument('seconds', 'how long'),
  ackBy: duration('time', 'by when'),
  branch: option('name', 'the branch'),
  labels: list('a,b', 'labels'),
  param: pairs('k=v', 'parameters'),
  memory: size('size', 'how much'),
  count: wholeNumber('N', 'how many', { short: 'n', minimum: 1 }),
  follow: flag('go on', 'f'),
  type: oneOf(['info', 'error'], 'kind'),
  priority: priorityOption,
  command: rest('command', 'the command', 'optional'),
};
const parse = (...words: string[]) => parseArguments(parameters, words);

function faultOf(...words: string[]): string {
  try {
    parse(...words);
  } catch (error) {
    const { code, message, hint } = error as CliError;
    return `${code}: ${message}; ${hint}`;
  }
  return 'none';
}

describe('parse-arguments', () => {
  it('reads a size with its unit, and none without one', () => {
    expect(parse('a', '--memory', '100GB').memory).toBe(1e11);
    expect(faultOf('a', '--memory', '5')).toBe(
      'USAGE: --memory 5 is no size; write a number and a unit, e.g. 500MB or 10GB',
    );
  });

  it('reads words, flags and values in any order', () => {
    expect(parse('-f', 'j1', '--branch=main', '42', '-n', '5', '--ack-by', '2h')).toMatchObject({
      id: 'j1',
      seconds: '42',
      branch: 'main',
      follow: true,
      count: 5,
      ackBy: 7_200_000,
    });
  });

  it('gives everything after -- to the command, flags included', () => {
    expect(parse('j1', '--', 'make', '--json', '--', '-x').command).toEqual(['make', '--json', '--', '-x']);
  });

  it('takes no program without a name', () => {
    expect(faultOf('j1', '--', '')).toMatch(/^USAGE: <command> is empty/);
  });

  it('takes values that begin with a dash', () => {
    expect(parse('j1', '--branch', '-odd').branch).toBe('-odd');
  });

  it('gathers lists by commas and by repetition, without doubles', () => {
    expect(parse('j1', '--labels', 'a,b', '--labels', 'b, c').labels).toEqual(['a', 'b', 'c']);
  });

  it('lets the last of a repeated option win', () => {
    expect(parse('j1', '--branch', 'a', '--branch', 'b').branch).toBe('b');
  });

  it('reads name=value pairs, with = in the value', () => {
    expect(parse('j1', '--param', 'a=b=c', '--param', 'd=').param).toEqual({ a: 'b=c', d: '' });
  });

  it.each([
    ['90s', 90_000],
    ['1.5h', 5_400_000],
    ['7d', 604_800_000],
    ['250ms', 250],
    ['30', 30_000],
  ])('reads %s as a length of time', (word, ms) => {
    expect(parse('j1', '--ack-by', word).ackBy).toBe(ms);
  });

  it.each([
    ['Critical', 1],
    ['high', 3],
    ['NORMAL', 5],
    ['Low', 8],
    ['10', 10],
  ])('reads priority %s as %i', (word, priority) => {
    expect(parse('j1', '--priority', word).priority).toBe(priority);
  });

  it.each([
    [['--brnach', 'x', 'j1'], 'USAGE: there is no flag --brnach; did you mean --branch?'],
    [['--zzzzzz', 'j1'], 'USAGE: there is no flag --zzzzzz; add --help to see all flags'],
    [['-x', 'j1'], 'USAGE: there is no flag -x; add --help to see all flags'],
    [[], 'USAGE: <id> is missing; give the id'],
    [['a', 'b', 'c'], 'USAGE: c is one word too many; put a command after --'],
    [['j1', '--branch', ''], 'USAGE: --branch is empty; give it a value (is a variable not set?)'],
    [[''], 'USAGE: <id> is empty; give it a value (is a variable not set?)'],
    [['j1', '--branch'], 'USAGE: --branch has no value; write --branch <name>'],
    [['j1', '--follow=yes'], 'USAGE: --follow takes no value; write --follow alone'],
    [['j1', '--count', '0'], 'USAGE: --count 0 is no whole number from 1 on; write one in digits alone'],
    [
      ['j1', '--ack-by', 'soon'],
      'USAGE: --ack-by soon is no length of time; write 90s, 10m, 2h or 7d; a bare number is seconds',
    ],
    [['j1', '--type', 'fatal'], 'USAGE: --type fatal is not known; choose one of info, error'],
    [['j1', '--param', 'novalue'], 'USAGE: --param novalue has no name and value; write --param name=value'],
    [
      ['j1', '--priority', '11'],
      'USAGE: --priority 11 is no priority; give 1 (first) to 10 (last), or Critical, High, Normal, Low',
    ],
  ])('refuses %j and says what would fit', (words, fault) => {
    expect(faultOf(...words)).toBe(fault);
  });

  it('refuses a word that is none of the choices', () => {
    const choice = { status: choiceArgument(['succeeded', 'failed'], 'how it ended') };

    expect(() => parseArguments(choice, ['maybe'])).toThrow('<succeeded|failed> maybe is not known');
  });
});
