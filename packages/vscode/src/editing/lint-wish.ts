/** A wish of the inbox against what the fleet is: names that nobody has, and labels that no agent offers. Pure. */
import { type CommandWish, SCHEMAS, unknownFields } from '@gityard/domain';
import { didYouMean } from '@gityard/domain/did-you-mean';
import type { Finding, Parsed } from './parsed.ts';

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

/** What is of the wrong type is told of by the schema, and none of ours. */
export function lintWish(file: Parsed, { path, wish, fleet }: Wished): readonly Finding[] {
  if (typeof wish !== 'object' || wish === null || Array.isArray(wish)) return [];
  const isCommand = 'op' in wish;
  const unknown = unknownFields(wish, isCommand ? SCHEMAS['queue-command'] : SCHEMAS['queue-job']).map((it) =>
    file.at([...path, ...it.path], { level: 'warning', text: it.hint === null ? it.text : `${it.text}; ${it.hint}` }),
  );
  if (!fleet) return unknown;
  const strange = isCommand ? strangeTarget({ ...wish }, fleet) : strangeNames({ ...wish }, fleet);
  return [...unknown, ...strange.map(({ at, text }) => file.at([...path, ...at], { level: 'warning', text }))];
}

interface Strange {
  readonly at: readonly string[];
  readonly text: string;
}

/** As it stands in the file: of any type. */
interface Written {
  readonly [field: string]: unknown;
}

function strangeNames({ assignedTo, labels }: Written, fleet: Fleet): readonly Strange[] {
  const agents = typeof assignedTo === 'string' ? [assignedTo] : [];
  const words = Array.isArray(labels) ? labels : [];
  return [
    ...agents
      .filter((it) => !fleet.agents.includes(it))
      .map((it) => unlike(['assignedTo'], `no agent is called ${it}`, { word: it, known: fleet.agents })),
    ...words.flatMap((label, index) =>
      typeof label !== 'string' || fleet.labels.includes(label) || /^priority-/.test(label)
        ? []
        : [unlike(['labels', `${index}`], `no agent has the label ${label}`, { word: label, known: fleet.labels })],
    ),
  ];
}

const KINDS: Readonly<Partial<Record<CommandWish['op'], keyof Fleet>>> = {
  drain: 'agents',
  maintain: 'agents',
  remove: 'agents',
  'break-lock': 'locks',
};
const NOUNS: Readonly<Record<string, string>> = { agents: 'agent', locks: 'lock' };

/** Jobs and messages may be older than what the snapshot shows, so that nothing is said of them. */
function strangeTarget({ op, target }: Written, fleet: Fleet): readonly Strange[] {
  const kind = KINDS[op as CommandWish['op']];
  if (kind === undefined || typeof target !== 'string' || fleet[kind].includes(target)) return [];
  return [unlike(['target'], `no ${NOUNS[kind]} is called ${target}`, { word: target, known: fleet[kind] })];
}

interface Meant {
  readonly word: string;
  readonly known: readonly string[];
}

function unlike(at: readonly string[], text: string, { word, known }: Meant): Strange {
  const near = didYouMean(word, known);
  return { at, text: near === undefined ? text : `${text}; did you mean ${near}?` };
}
