/**
 * What fits the schema of a yard.json and still does not do what was meant: a word that no rule of notification will ever hear, a
 * backup that does not exist, an approval that too few may give. Such things fail later, and quietly. Of schedules the agent
 * knows more, and `gityard config lint` asks it as well.
 */
import { didYouMean } from '../did-you-mean.ts';
import { NOTICE_WORDS } from '../entities/notification.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { whoMay } from '../people/people.ts';

export interface SettingFinding {
  readonly level: 'error' | 'warning';
  /** Into the file, as JSON pointers have it. */
  readonly at: string;
  readonly text: string;
  readonly hint: string | null;
}

/** `agents`: those of the yard; undefined where no yard is looked at. */
export const settingFindings = (config: YardConfig, agents?: readonly string[]): readonly SettingFinding[] => [
  ...failovers(config, agents),
  ...rules(config),
  ...objectives(config),
  ...people(config),
  ...approvals(config),
];

function failovers({ failover }: YardConfig, agents: readonly string[] | undefined): SettingFinding[] {
  return Object.entries(failover).flatMap(([agent, { backup }]) => {
    const at = `/failover/${escapedPointer(agent)}`;
    if (agent === backup) return [settingWarning(at, `failover.${agent} is its own backup, and nobody takes over`)];
    return [agent, backup]
      .filter((it) => agents?.includes(it) === false)
      .map((it) =>
        settingWarning(at, `failover.${agent} names ${it}, which has not joined the yard`, { word: it, known: agents }),
      );
  });
}

function rules({ notifications }: YardConfig): SettingFinding[] {
  return notifications.flatMap(({ name, when }, index): SettingFinding[] => {
    const unknown = when.flatMap((word, place) => {
      const at = `/notifications/${index}/when/${place}`;
      const text = `notifications: ${name} asks for ${word}, which nothing is told under`;
      return NOTICE_WORDS.includes(word) ? [] : [settingWarning(at, text, { word, known: NOTICE_WORDS })];
    });
    return [...second(notifications, index, { list: 'notifications', what: 'rule' }), ...unknown];
  });
}

const objectives = ({ objectives: all }: YardConfig): SettingFinding[] =>
  all.flatMap((_, index) => second(all, index, { list: 'objectives', what: 'objective' }));

interface ListOf {
  readonly list: string;
  readonly what: string;
}

function second(all: readonly { readonly name: string }[], index: number, { list, what }: ListOf): SettingFinding[] {
  const name = all[index]?.name;
  if (all.findIndex((it) => it.name === name) === index) return [];
  const hint = 'what is remembered of one would be taken for the other; give it another name';
  return [{ level: 'error', at: `/${list}/${index}`, text: `${list} has a second ${what} ${name}`, hint }];
}

function people({ people: all, namespaces }: YardConfig): SettingFinding[] {
  const known = Object.keys(namespaces);
  return Object.entries(all).flatMap(([person, { roles, names }]) => {
    const at = `/people/${escapedPointer(person)}`;
    const strange = roles.flatMap((grant) => {
      const [, scope] = grant.split('@');
      if (scope === undefined || known.includes(scope)) return [];
      return [
        settingWarning(at, `people.${person} has ${grant}, and there is no such namespace`, { word: scope, known }),
      ];
    });
    const shared = names.filter((name) =>
      Object.entries(all).some(
        ([other, it]) => other !== person && [other, ...it.names].some((its) => isSame(its, name)),
      ),
    );
    return [
      ...strange,
      ...shared.map((name) =>
        settingWarning(at, `people.${person} has the name ${name}, and somebody else has it too`),
      ),
    ];
  });
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Where too few may, no job of such a rule ever runs. */
function approvals(config: YardConfig): SettingFinding[] {
  return config.approvals.flatMap(({ name, role, people: named, count }, index) => {
    const needs = role ?? (named.length === 0 ? 'BuildMaster' : null);
    const spaces = [null, ...Object.keys(config.namespaces)];
    const holders = needs === null ? [] : spaces.flatMap((namespace) => whoMay(config, { needs, namespace }));
    const able = new Set([...named, ...holders]).size;
    if (able >= count) return [];
    const text = `approvals: ${name} needs ${count} to approve, and ${able === 0 ? 'nobody' : `only ${able}`} may`;
    return [settingWarning(`/approvals/${index}`, text)];
  });
}

/** A word that was written, and those that there are. */
interface Meant {
  readonly word: string;
  readonly known: readonly string[] | undefined;
}

export function settingWarning(at: string, text: string, meant?: Meant): SettingFinding {
  const near = meant && didYouMean(meant.word, meant.known ?? []);
  return { level: 'warning', at, text, hint: near ? `did you mean ${near}?` : null };
}

/** As a part of a JSON pointer. */
export const escapedPointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
