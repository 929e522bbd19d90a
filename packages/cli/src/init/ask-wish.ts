/**
 * The questions of `init`, at most four, each with an answer that is mostly right. Asks on stderr, so that stdout stays what it
 * is without them. What was given by a flag is not asked.
 */
import { basename } from 'node:path';
import { Interrupted } from '../errors.ts';
import { absoluteAddress, isRemoteAddress, withoutSecrets } from '../start/address.ts';
import type { Io } from '../start/io.ts';
import type { Line } from '../text/lines.ts';
import { render } from '../text/render.ts';
import { buildsHere } from './first-agent.ts';
import type { InitWish } from './wish.ts';

/** On a terminal that says it has no width, every letter would have a line of its own. */
const LEAST_COLUMNS = 20;

/** Somebody sits there who can answer. */
export const isAsked = ({ stdin, terminal, env }: Io): boolean =>
  terminal !== null && terminal.columns > LEAST_COLUMNS && (stdin as NodeJS.ReadStream).isTTY === true && !env.CI;

/** What is proposed to whoever asks for nothing else: the repository that one stands in, in the place that all reach. */
interface Proposal {
  readonly address: string;
  /** What an agent here may build; null: one stands in no repository. */
  readonly builds: string | null;
}

async function proposalFor(cwd: string): Promise<Proposal> {
  const builds = await buildsHere(cwd);
  return { address: builds ?? './yard.git', builds };
}

/** All that the questions propose, without asking them. */
export async function proposedWish({ cwd }: Io, given: InitWish): Promise<InitWish> {
  const { address } = await proposalFor(cwd);
  const { name = nameIn(address) } = given;
  return { ...given, ...placeOf(address), name, github: githubIn(address), firstAgent: true };
}

export async function askWish(io: Io, given: InitWish): Promise<InitWish> {
  const { confirm, text } = await import('@clack/prompts');
  const where = { input: io.stdin, output: io.stderr };
  const yes = (message: string) => answered(confirm({ ...where, message, initialValue: true }));
  const { address: proposed, builds } = await proposalFor(io.cwd);

  const place = await answered(
    text({
      ...where,
      message: 'Which repository becomes the yard? (an address, or a folder)',
      initialValue: withoutSecrets(proposed),
      validate: (word) => problemOf(word ?? '', io.cwd),
    }),
  );
  // As it was found: what is shown lacks a password that may be needed.
  const address = place === withoutSecrets(proposed) ? proposed : place;
  const name =
    given.name ?? (await answered(text({ ...where, message: 'What is it called?', initialValue: nameIn(address) })));
  const hosted = githubIn(address);
  const wantsPage =
    hosted !== undefined && (await yes(`Write the page and the workflows for ${hosted} into this folder?`));
  const which = builds === null ? '' : `, which may build ${withoutSecrets(builds)}`;
  const firstAgent = given.firstAgent || (await yes(`Is this machine its first build server${which}?`));
  const github = wantsPage ? hosted : undefined;
  return { ...given, ...placeOf(address), name: name === '' ? undefined : name, github, firstAgent };
}

const placeOf = (address: string): Pick<InitWish, 'dir' | 'remote'> =>
  isRemoteAddress(address) ? { dir: undefined, remote: address } : { dir: address, remote: undefined };

/** Shows what will be done, and asks once. Throws Interrupted where the answer is no. */
export async function askLeave(io: Io, plan: readonly Line[]): Promise<void> {
  const { confirm } = await import('@clack/prompts');
  io.stderr.write(render(plan, io.colour));
  const isWanted = await answered(
    confirm({ input: io.stdin, output: io.stderr, message: 'Do it?', initialValue: true }),
  );
  if (isWanted) return;
  io.stderr.write('nothing was done\n');
  throw new Interrupted(1);
}

/** Ctrl-C is no answer. */
async function answered<T>(asking: Promise<T>): Promise<Exclude<T, symbol>> {
  const answer = await asking;
  if (typeof answer === 'symbol') throw new Interrupted(130);
  return answer as Exclude<T, symbol>;
}

function problemOf(word: string, cwd: string): string | undefined {
  if (word.trim() === '') return 'an address, or a folder';
  try {
    absoluteAddress(word, cwd);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const nameIn = (address: string): string =>
  basename(address.replace(/(?:\/?\.git)?\/*$/, '').replace(/^.*[:/]/, '')) || 'yard';

/** `owner/repo` of github.com; other hosts are named by --github or --gitea. */
const githubIn = (address: string): string | undefined =>
  /^(?:https:\/\/(?:[^/@]*@)?github\.com\/|(?:ssh:\/\/)?git@github\.com[:/])([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i.exec(
    address,
  )?.[1];
