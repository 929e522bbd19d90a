/**
 * `gityard agent allow`: adds to what may run here, or takes it back. Only what differs from the defaults is written, so that a
 * person sees at a glance what was decided, and a later default is not undone.
 */

import { join } from 'node:path';
import { canonicalText, type Policy, type PolicyLimits, type SecretRule } from '@gityard/domain';
import { AgentError } from '../agent-error.ts';
import { writeJson } from '../home/write-file.ts';
import { NOTHING_ALLOWED, POLICY_FILE, readPolicySource } from '../policy.ts';

const LISTS = [
  'repositories',
  'refs',
  'toolchains',
  'environment',
  'scripts',
  'updates',
  'pools',
  'readable',
  'images',
  'trustedRefs',
] as const;

type Lists = Pick<Policy, (typeof LISTS)[number]>;

export interface PolicyChange extends Partial<{ readonly [K in keyof Lists]: readonly Lists[K][number][] }> {
  readonly commands?: boolean | undefined;
  /** Commands by their first word, where not all are allowed. */
  readonly programs?: readonly string[];
  readonly secrets?: readonly SecretRule[];
  readonly network?: Policy['network'] | undefined;
  readonly unsandboxed?: boolean | undefined;
  readonly sandbox?: string | undefined;
  readonly signatures?: Policy['signatures'] | undefined;
  readonly limits?: Partial<PolicyLimits>;
}

/** A daemon that runs picks it up by itself. */
export const allow = (home: string, change: PolicyChange, system?: string): Promise<Policy> =>
  changed(home, system, (before) => ({
    ...before,
    ...lists(before, change, plus),
    commands: moreCommands(before.commands, change),
    secrets: [...before.secrets.filter((it) => !contains(change.secrets, it)), ...(change.secrets ?? [])],
    network: change.network ?? before.network,
    unsandboxed: change.unsandboxed ?? before.unsandboxed,
    sandbox: change.sandbox ?? before.sandbox,
    signatures: change.signatures ?? before.signatures,
    limits: { ...before.limits, ...change.limits },
  }));

/** Back to how it is by default, for what is one value. */
export const disallow = (home: string, change: PolicyChange, system?: string): Promise<Policy> =>
  changed(home, system, (before) => ({
    ...before,
    ...lists(before, change, minus),
    commands: fewerCommands(before.commands, change),
    secrets: before.secrets.filter((rule) => !(change.secrets ?? []).some((it) => isMeant(it, rule))),
    ...taken(change, 'network'),
    ...taken(change, 'unsandboxed'),
    ...taken(change, 'sandbox'),
    ...taken(change, 'signatures'),
    limits: { ...before.limits, ...noLimits(change) },
  }));

async function changed(home: string, system: string | undefined, change: (before: Policy) => Policy): Promise<Policy> {
  const { policy, path } = await readPolicySource(home, system);
  const own = join(home, POLICY_FILE);
  if (path !== null && path !== own)
    throw new AgentError(
      'DENIED',
      `what may run on this machine stands in ${path}, which wins over ${own}; change that file`,
    );
  const after = change(policy);
  await writeJson(own, differing(after));
  return after;
}

/** What is as it is by default need not be said. */
function differing(policy: Policy): Partial<Policy> {
  const entries = Object.entries(policy).filter(
    ([key, value]) => canonicalText(value) !== canonicalText(NOTHING_ALLOWED[key as keyof Policy]),
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [key, key === 'limits' ? given(value as PolicyLimits) : value]),
  );
}

const given = (limits: PolicyLimits) => Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== 0));

type Join = (before: readonly string[], words: readonly string[]) => string[];

const plus: Join = (before, words) => [...new Set([...before, ...words])].sort();
const minus: Join = (before, words) => before.filter((it) => !words.includes(it));
/** Where all are allowed until somebody names one, which means that one alone. */
const ALL_BY_DEFAULT: readonly (keyof Lists)[] = ['refs', 'toolchains', 'pools'];

function lists(before: Policy, change: PolicyChange, join: Join): Lists {
  const asked = LISTS.filter((name) => (change[name] ?? []).length > 0);
  return Object.fromEntries(
    asked.map((name) => [name, join(from(before, name, join), change[name] ?? [])]),
  ) as unknown as Lists;
}

function from(before: Policy, name: keyof Lists, join: Join): readonly string[] {
  const isUntouched = canonicalText(before[name]) === canonicalText(NOTHING_ALLOWED[name]);
  return join === plus && isUntouched && ALL_BY_DEFAULT.includes(name) ? [] : before[name];
}

function moreCommands(before: Policy['commands'], { commands, programs = [] }: PolicyChange): Policy['commands'] {
  if (commands === true || before === true) return true;
  const listed = [...new Set([...(before === false ? [] : before), ...programs])].sort();
  return listed.length === 0 ? before : listed;
}

function fewerCommands(before: Policy['commands'], { commands, programs = [] }: PolicyChange): Policy['commands'] {
  if (commands === true) return false;
  if (typeof before === 'boolean') return before;
  const left = before.filter((it) => !programs.includes(it));
  return left.length === 0 ? false : left;
}

const contains = (rules: readonly SecretRule[] = [], rule: SecretRule): boolean =>
  rules.some((it) => canonicalText(it) === canonicalText(rule));

/** By its name alone, or only the rule of exactly these repositories and branches. */
const isMeant = (wish: SecretRule, rule: SecretRule): boolean =>
  wish.name === rule.name && (wish.repositories.length + wish.refs.length === 0 || contains([wish], rule));

const taken = (change: PolicyChange, name: 'network' | 'unsandboxed' | 'sandbox' | 'signatures'): Partial<Policy> =>
  change[name] === undefined ? {} : { [name]: NOTHING_ALLOWED[name] };

const noLimits = ({ limits = {} }: PolicyChange): Partial<PolicyLimits> =>
  Object.fromEntries(Object.keys(limits).map((name) => [name, 0]));
