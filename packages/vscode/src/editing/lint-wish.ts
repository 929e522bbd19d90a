/** A wish of the inbox against what the fleet is: names that nobody has, and labels that no agent offers. Pure. */
import { type CommandWish, type JobWish, SCHEMAS, unknownFields, validate } from '@gityard/domain';
import { didYouMean } from '@gityard/domain/did-you-mean';
import { type Finding, type Parsed, pathOf } from './parsed.ts';

/** What the newest snapshot tells. */
export interface Fleet {
  readonly agents: readonly string[];
  readonly labels: readonly string[];
  readonly jobs: readonly string[];
  readonly messages: readonly string[];
  readonly locks: readonly string[];
}

interface Wished {
  readonly path: readonly string[];
  readonly wish: unknown;
  /** undefined: no yard is connected, and names are not looked at. */
  readonly fleet: Fleet | undefined;
}

export function lintWish(file: Parsed, { path, wish, fleet }: Wished): readonly Finding[] {
  const isCommand = typeof wish === 'object' && wish !== null && 'op' in wish;
  const name = isCommand ? 'queue-command' : 'queue-job';
  const unknown = unknownFields(wish, SCHEMAS[name]).map((it) =>
    file.at([...path, ...it.path], { level: 'warning', text: it.hint === null ? it.text : `${it.text}; ${it.hint}` }),
  );
  const checked = validate(name, structuredClone(wish));
  if (!checked.ok)
    return [...unknown, file.at([...path, ...pathOf(checked.at)], { level: 'error', text: checked.reason })];
  if (!fleet) return unknown;
  const strange = isCommand
    ? strangeTarget(checked.value as CommandWish, fleet)
    : strangeNames(checked.value as JobWish, fleet);
  return [...unknown, ...strange.map(({ at, text }) => file.at([...path, ...at], { level: 'warning', text }))];
}

interface Strange {
  readonly at: readonly string[];
  readonly text: string;
}

function strangeNames({ assignedTo, labels }: JobWish, fleet: Fleet): readonly Strange[] {
  const agent =
    assignedTo === null || fleet.agents.includes(assignedTo)
      ? []
      : [unlike(['assignedTo'], `no agent is called ${assignedTo}`, assignedTo, fleet.agents)];
  const missing = labels.flatMap((label, index) =>
    fleet.labels.includes(label) || /^priority-/.test(label)
      ? []
      : [unlike(['labels', `${index}`], `no agent has the label ${label}`, label, fleet.labels)],
  );
  return [...agent, ...missing];
}

const KINDS: Readonly<Partial<Record<CommandWish['op'], keyof Fleet>>> = {
  drain: 'agents',
  maintain: 'agents',
  remove: 'agents',
  'break-lock': 'locks',
};
const NOUNS: Readonly<Record<string, string>> = { agents: 'agent', locks: 'lock' };

/** Jobs and messages may be older than what the snapshot shows, so that nothing is said of them. */
function strangeTarget({ op, target }: CommandWish, fleet: Fleet): readonly Strange[] {
  const kind = KINDS[op];
  if (kind === undefined || fleet[kind].includes(target)) return [];
  return [unlike(['target'], `no ${NOUNS[kind]} is called ${target}`, target, fleet[kind])];
}

function unlike(at: readonly string[], text: string, word: string, known: readonly string[]): Strange {
  const near = didYouMean(word, known);
  return { at, text: near === undefined ? text : `${text}; did you mean ${near}?` };
}
