/**
 * A person with plain git, who knows nothing of operations: asks for jobs by files, writes broken ones, leaves marks of a
 * conflict in a file, merges. What git took from them is as good as acknowledged.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { GitError, git } from '../git.ts';
import type { AckFile } from './acks.ts';
import { jobCommand } from './clients.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

type Habit = 'queue-file' | 'broken-queue-file' | 'broken-job' | 'broken-settings' | 'merge';
export const HABITS = ['queue-file', 'broken-queue-file', 'broken-job', 'broken-settings', 'merge'] as const;

export interface Person {
  commit(habit: Habit): Promise<void>;
}

interface Desk {
  readonly world: World;
  readonly acks: AckFile;
  readonly random: Random;
  readonly clone: string;
  number: number;
}

const TRIES = 20;

export async function makePerson(world: World, tools: { acks: AckFile; random: Random }): Promise<Person> {
  const clone = join(world.folder, 'person');
  await git(['clone', '--quiet', '--branch', 'yard', world.address, clone], { cwd: world.folder });
  const desk: Desk = { world, ...tools, clone, number: 0 };
  let last: Promise<unknown> = Promise.resolve();
  return {
    // One after the other: there is one clone.
    async commit(habit) {
      last = last.then(() => HOW[habit](desk));
      await last;
    },
  };
}

const HOW: Record<Habit, (desk: Desk) => Promise<unknown>> = {
  'queue-file': async (desk) => {
    const { tag, text } = wish(desk);
    const isTaken = await publish(desk, `ask for ${tag}`, () => write(desk, `queue/${tag}.json`, text));
    if (isTaken) await desk.acks.note({ kind: 'queue-file', tag, id: null });
  },
  'broken-queue-file': (desk) => {
    const name = `broken-${++desk.number}`;
    return publish(desk, `ask for ${name}`, () => write(desk, `queue/${name}.json`, '{ "command": ["true"'));
  },
  'broken-job': (desk) =>
    publish(desk, 'mend a job', async () => {
      const path = await someJob(desk);
      if (path !== undefined) await write(desk, path, withMarks(await readFile(join(desk.clone, path), 'utf8')));
    }),
  'broken-settings': (desk) =>
    publish(desk, 'change the settings', async () => {
      await write(desk, 'yard.json', withMarks(await readFile(join(desk.clone, 'yard.json'), 'utf8')));
    }),
  merge: async (desk) => {
    const [side, own] = [wish(desk), wish(desk)];
    const isTaken = await publish(desk, `merge ${side.tag}`, async () => {
      await inClone(desk, 'checkout', '--quiet', '-B', 'side');
      await write(desk, `queue/${side.tag}.json`, side.text);
      await commitAll(desk, `ask for ${side.tag}`);
      await inClone(desk, 'checkout', '--quiet', 'yard');
      await write(desk, `queue/${own.tag}.json`, own.text);
      await commitAll(desk, `ask for ${own.tag}`);
      await inClone(desk, 'merge', '--quiet', '--no-ff', '-m', `merge ${side.tag}`, 'side');
    });
    for (const { tag } of isTaken ? [side, own] : []) await desk.acks.note({ kind: 'queue-file', tag, id: null });
  },
};

/** On the newest head, again and again; false when others were quicker each time. */
async function publish(desk: Desk, message: string, edit: () => Promise<void>): Promise<boolean> {
  for (let tries = 1; tries <= TRIES; tries++) {
    await inClone(desk, 'fetch', '--quiet', 'origin', 'yard');
    await inClone(desk, 'checkout', '--quiet', '-f', '-B', 'yard', 'FETCH_HEAD');
    await inClone(desk, 'clean', '--quiet', '-fd');
    await edit();
    await commitAll(desk, message);
    try {
      await inClone(desk, 'push', '--quiet', 'origin', 'yard');
      return true;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
    }
  }
  return false;
}

async function commitAll(desk: Desk, message: string): Promise<void> {
  await inClone(desk, 'add', '--all');
  if ((await inClone(desk, 'status', '--porcelain')) !== '') await inClone(desk, 'commit', '--quiet', '-m', message);
}

const inClone = ({ clone }: Desk, ...args: string[]): Promise<string> => git(args, { cwd: clone });

async function write({ clone }: Desk, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(clone, path)), { recursive: true });
  await rm(join(clone, path), { force: true });
  await writeFile(join(clone, path), text);
}

function wish(desk: Desk): { tag: string; text: string } {
  const tag = `person-${++desk.number}`;
  const command = jobCommand(desk.world.effects, desk.random);
  return { tag, text: `${JSON.stringify({ command, parameters: { tag } }, null, 2)}\n` };
}

async function someJob({ clone, random }: Desk): Promise<string | undefined> {
  const all = await readdir(join(clone, 'shared/jobs'), { recursive: true }).catch(() => []);
  const [first, ...others] = all.filter((it) => it.endsWith('.json')).sort();
  return first === undefined ? undefined : join('shared/jobs', random.pick([first, ...others]));
}

/** As git leaves a file in which two people changed one line, committed without a look. */
const withMarks = (text: string): string => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> theirs\n`;
