/**
 * A repository as the fleet of shell scripts before Gityard left it: lists in single growing files, three ways to write a
 * time, two spellings of a server, and commits that lost what others had written. Made from a seed; none of it is anybody's.
 */
import { join } from 'node:path';
import { git } from '../git.ts';
import { type Dice, diceOf } from './dice.ts';
import { fastImport, type MadeCommit } from './fast-import.ts';
import { jobOf, type MadeMessage, messageOf, serverFiles, sharedFiles } from './samples.ts';

export interface PredecessorOptions {
  readonly seed?: number;
  readonly messages?: number;
  /** Messages in each commit. */
  readonly pace?: number;
  /** So many of the oldest vanish, one commit for each number. */
  readonly losses?: readonly number[];
  readonly jobs?: number;
  /** Files of the last commit, in place of or beside what is generated. null: taken away. */
  readonly files?: Readonly<Record<string, string | Uint8Array | null>>;
}

export interface Predecessor {
  /** A bare repository. */
  readonly path: string;
  /** The ids of all messages that ever were. */
  readonly messages: readonly string[];
  readonly jobs: readonly string[];
  readonly losses: readonly { readonly commit: string; readonly lost: readonly string[] }[];
  readonly head: string;
}

export async function makePredecessor(folder: string, options: PredecessorOptions = {}): Promise<Predecessor> {
  const { seed = 1, messages: count = 60, pace = 20, losses = [], jobs: jobCount = 6, files = {} } = options;
  const dice = diceOf(seed);
  const path = join(folder, 'predecessor.git');
  await git(['init', '--quiet', '--bare', path], { cwd: folder });
  const messages = Array.from({ length: count }, (_, at) => messageOf(dice, at));
  const jobs = Array.from({ length: jobCount }, (_, at) => jobOf(dice, at));
  const commits = [
    commit('begin', { ...serverFiles(dice), ...sharedFiles(), 'README.md': 'coordination of builds\n' }),
    ...growth(messages, { pace, losses, dice }),
    commit('queue', { 'coordination/jobs.json': text({ jobs }) }),
    commit('last', files),
  ];
  const oids = await fastImport(path, commits);
  return {
    path,
    messages: messages.map((it) => it.id),
    jobs: jobs.map((it) => it.id),
    losses: commits.flatMap(({ lost }, at) => (lost ? [{ commit: oids[at] ?? '', lost }] : [])),
    head: oids.at(-1) ?? '',
  };
}

interface Step extends MadeCommit {
  readonly lost?: readonly string[];
}

const commit = (message: string, files: MadeCommit['files'], lost?: readonly string[]): Step => ({
  message,
  files,
  ...(lost && { lost }),
});

/** The list grows; evenly among its commits are those that write an old copy over what came since. */
function growth(
  messages: readonly MadeMessage[],
  { pace, losses, dice }: { pace: number; losses: readonly number[]; dice: Dice },
): Step[] {
  const steps: Step[] = [];
  let there: MadeMessage[] = [];
  const due = losses.map((lost, at) => ({ lost, at: Math.ceil((messages.length * (at + 1)) / (losses.length + 1)) }));
  for (let from = 0; from < messages.length; from += pace) {
    there = [...there, ...messages.slice(from, from + pace)];
    steps.push(commit(`${dice.one(SERVERS)}: messages`, listed(there)));
    while (due[0] && from + pace >= due[0].at) {
      const { lost } = due.shift() ?? { lost: 0 };
      const gone = there.slice(0, lost);
      there = there.slice(lost);
      steps.push(
        commit(
          'merge of coordination',
          listed(there),
          gone.map((it) => it.id),
        ),
      );
    }
  }
  return steps;
}

const SERVERS = ['build1', 'build2', 'build3'] as const;
const listed = (messages: readonly MadeMessage[]) => ({ 'coordination/messages.json': text({ messages }) });
const text = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
