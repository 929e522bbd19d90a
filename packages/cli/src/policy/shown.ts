/** A policy as its owner reads it: what may run, and which of it was decided here. */
import type { PolicySource } from '@gityard/agent';
import type { Policy } from '@gityard/domain';
import { type Answer, answer } from '../command.ts';
import { dim, type Line, line } from '../text/lines.ts';

/** What each setting means, in the words of its owner. */
const WORDS: Readonly<Record<string, (policy: Policy) => string>> = {
  refs: ({ refs }) => `branches ${listed(refs)}`,
  toolchains: ({ toolchains }) => `toolchains ${listed(toolchains)}`,
  pools: ({ pools }) => `serves in pools ${listed(pools)}`,
  network: ({ network }) =>
    `network ${{ never: 'never', restore: 'while packages are restored', always: 'always' }[network]}`,
  signatures: ({ signatures }) => (signatures === 'required' ? 'only signed jobs' : 'jobs need no signature'),
  unsandboxed: ({ unsandboxed }) => (unsandboxed ? 'without a sandbox where none works' : 'never without a sandbox'),
  sandbox: ({ sandbox }) => `sandbox ${sandbox ?? 'the best that works'}`,
  limits: ({ limits }) =>
    `limits ${listed(Object.entries(limits).flatMap(([name, it]) => (it === 0 ? [] : [`${name}=${it}`])))}`,
  trustedRefs: ({ trustedRefs }) => `caches are filled by ${listed(trustedRefs)}`,
  images: ({ images }) => `repositories may ask for the images ${listed(images)}`,
  readable: ({ readable }) => `builds may read ${listed(readable)}`,
  environment: ({ environment }) => `builds see ${listed(environment)}`,
  scripts: ({ scripts }) => `messages may ask for ${listed(scripts)}`,
};

const listed = (words: readonly string[]): string => words.join(', ') || 'none';

export function shownPolicy(home: string, source: PolicySource): Answer {
  return answer({ home, ...source.policy }, () => [...basics(source.policy), ...decided(source)]);
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

const decided = ({ policy, given }: PolicySource): Line[] =>
  Object.entries(WORDS).flatMap(([name, words]) => (name in given ? [line(words(policy))] : []));

/** All there is, each with where it comes from. */
export const everything = ({ policy, given, path }: PolicySource): Line[] =>
  Object.entries(WORDS).map(([name, words]) =>
    line(words(policy), dim(name in given ? `  (${path})` : '  (by default)')),
  );
