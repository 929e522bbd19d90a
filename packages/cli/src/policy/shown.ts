/** A policy as its owner reads it: what may run, and which of it was decided here. */
import type { PolicySource } from '@gityard/agent';
import type { Limits } from '@gityard/builder';
import type { Policy, PolicyLimits } from '@gityard/domain';
import { type Answer, answer } from '../command.ts';
import { dim, type Line, line } from '../text/lines.ts';

/** What each setting means, in the words of its owner. */
const WORDS: Readonly<Record<string, (policy: Policy, inForce: Limits) => string>> = {
  refs: ({ refs }) => `branches ${listed(refs)}`,
  toolchains: ({ toolchains }) => `toolchains ${listed(toolchains)}`,
  pools: ({ pools }) => `serves in pools ${listed(pools)}`,
  network: ({ network }) =>
    `network ${{ never: 'never', restore: 'while packages are restored', always: 'always' }[network]}`,
  signatures: ({ signatures }) => (signatures === 'required' ? 'only signed jobs' : 'jobs need no signature'),
  unsandboxed: ({ unsandboxed }) => (unsandboxed ? 'without a sandbox where none works' : 'never without a sandbox'),
  sandbox: ({ sandbox }) => `sandbox ${sandbox ?? 'the best that works'}`,
  limits: ({ limits }, inForce) => `limits ${listed(limitWords(limits, inForce))}`,
  trustedRefs: ({ trustedRefs }) => `caches are filled by ${listed(trustedRefs)}`,
  images: ({ images }) => `repositories may ask for the images ${listed(images)}`,
  readable: ({ readable }) => `builds may read ${listed(readable)}`,
  environment: ({ environment }) => `builds see ${listed(environment)}`,
  updates: ({ updates }) => `changes to programs from ${listed(updates)}`,
  scripts: ({ scripts }) => `messages may ask for ${listed(scripts)}`,
};

const listed = (words: readonly string[]): string => words.join(', ') || 'none';

/** What is not named has a limit all the same. */
function limitWords({ cores, memoryGB, diskGB, processes, minutes }: PolicyLimits, inForce: Limits): readonly string[] {
  const byDefault = (given: number) => (given === 0 ? ' by default' : '');
  return [
    `cores=${cores || 'all'}`,
    `memory=${gigabytes(inForce.memoryBytes)}${byDefault(memoryGB)}`,
    `disk=${gigabytes(inForce.diskBytes)}${byDefault(diskGB)}`,
    `processes=${inForce.processes}${byDefault(processes)}`,
    minutes === 0 ? 'time as the job says' : `time=${minutes}m`,
  ];
}

const gigabytes = (bytes: number): string => `${Number((bytes / 1e9).toFixed(1))}GB`;

export async function shownPolicy(home: string, source: PolicySource): Promise<Answer> {
  const { limitsInForce } = await import('@gityard/agent');
  const inForce = await limitsInForce(source.policy, home);
  return answer({ home, ...source.policy }, () => [...basics(source.policy), ...decided(source, inForce)]);
}

export function basics({ repositories, commands, secrets }: Policy): Line[] {
  return [
    line(repositories.length === 0 ? 'no repository may be built here' : 'may be built here'),
    ...repositories.map((it) => line(`  ${it}`)),
    commandLine(commands),
    ...secrets.map((it) => line(`secret ${it.name} for ${listed(it.repositories)} on ${listed(it.refs)}`)),
  ];
}

function commandLine(commands: Policy['commands']): Line {
  if (commands === true) return line('jobs may bring commands');
  if (commands === false) return line('jobs may not bring commands ', dim('(--commands allows it)'));
  return line('jobs may bring the commands ', listed(commands));
}

const decided = ({ policy, given }: PolicySource, inForce: Limits): Line[] =>
  Object.entries(WORDS).flatMap(([name, words]) => (name in given ? [line(words(policy, inForce))] : []));

/** All there is, each with where it comes from. */
export const everything = ({ policy, given, path }: PolicySource, inForce: Limits): Line[] =>
  Object.entries(WORDS).map(([name, words]) =>
    line(words(policy, inForce), dim(name in given ? `  (${path})` : '  (by default)')),
  );
