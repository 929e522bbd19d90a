/** Enters, changes and strikes off a namespace. The settings stand in yard.json, where people may write them as well. */
import { answer, type Command, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { argument, list, option } from '../../parameters.ts';
import { readWholeNumber } from '../../read-words.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

const name = argument('name', 'the namespace');
const limit = (summary: string) => option('N|none', summary);

export const set: Command = defineCommand({
  name: 'namespace set',
  summary: 'enter a namespace, or change what is said of it',
  details:
    'What is not named stays as it is; without patterns it is for jobs that name it, and for files in queue/<name>/. Roles for it stand in "people" of yard.json, as BuildMaster@<name>.',
  example: 'gityard namespace set team-a --repositories "https://git.example.org/team-a/*" --running 3 --minutes 600',
  acts: true,
  parameters: {
    name,
    repositories: list('pattern,…|none', 'jobs of these are its own; * stands for anything'),
    branches: list('pattern,…|none', 'only those of these branches'),
    labels: list('pattern,…|none', 'only those that ask for one of these labels'),
    pool: option('name|none', 'its jobs run on the agents of this pool alone'),
    queued: limit('jobs of it that may wait; one more is refused'),
    running: limit('jobs of it that may run at once; one more waits'),
    minutes: limit('build minutes of a day; when they are used up, jobs wait'),
    priorityFloor: limit('the most urgent priority that counts for its jobs; none: 1'),
  },
  run: async (context, { name: namespace, repositories, branches, labels, pool, ...limits }) => {
    const floor = limitOf(limits.priorityFloor, '--priority-floor');
    const wish = {
      ...named('repositories', patternsOf(repositories)),
      ...named('branches', patternsOf(branches)),
      ...named('labels', patternsOf(labels)),
      ...named('pool', pool === 'none' ? null : pool),
      ...(floor !== undefined && { priorityFloor: floor ?? 1 }),
      quotas: {
        ...named('queued', limitOf(limits.queued, '--queued')),
        ...named('running', limitOf(limits.running, '--running')),
        ...named('minutesPerDay', limitOf(limits.minutes, '--minutes')),
      },
    };
    return act(context, 'set-namespace', { name: namespace, wish, reason: context.reason }, ({ result }) =>
      answer({ name: namespace, ...result }, () => [line('namespace ', good(namespace), ' is set')]),
    );
  },
});

export const rm: Command = defineCommand({
  name: 'namespace rm',
  summary: 'strike a namespace off; its jobs go on as nobody’s in particular',
  example: 'gityard namespace rm team-a',
  acts: true,
  parameters: { name },
  run: async (context, { name: namespace }) =>
    act(context, 'remove-namespace', { name: namespace, reason: context.reason }, ({ result }) =>
      answer({ name: namespace, ...result }, () => [line('namespace ', namespace, ' is struck off')]),
    ),
});

/** undefined: nothing is said. */
function patternsOf(words: readonly string[]): string[] | undefined {
  if (words.length === 0) return undefined;
  return words.length === 1 && words[0] === 'none' ? [] : [...words];
}

/** undefined: nothing is said; null: no limit. */
function limitOf(word: string | undefined, flag: string): number | null | undefined {
  if (word === undefined || word === 'none') return word === undefined ? undefined : null;
  const number = readWholeNumber(word, flag, { minimum: 0 });
  if (number === undefined) throw usageError(`${flag} ${word} is no number`, 'a whole number, or none');
  return number;
}

const named = <const N extends string, V>(key: N, value: V | undefined): Partial<Record<N, V>> =>
  value === undefined ? {} : ({ [key]: value } as Record<N, V>);
