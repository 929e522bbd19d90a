/**
 * Who somebody is, and what they may do: by `people` of yard.json. A name that nobody there bears is a stranger's, who may do
 * nothing by a role. Knows nothing of how a face has made sure of the name.
 */
import { ROLES, type Role } from '../entities/token.ts';
import type { YardConfig } from '../entities/yard-config.ts';

type Peopled = Pick<YardConfig, 'people'>;

/** The person who acts under this name; undefined: nobody whom the yard knows. Capitals do not count, as at Git hosts. */
export function personOf({ people }: Peopled, name: string): string | undefined {
  // A name of one's own comes before a name that others say is theirs too.
  const own = Object.keys(people).find((it) => isCalled(it, name));
  return own ?? Object.keys(people).find((it) => people[it]?.names.some((also) => isCalled(also, name)));
}

export const isCalled = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Two names of one person are one; of a stranger nobody knows more than the name. */
export function isSamePerson(yard: Peopled, a: string, b: string): boolean {
  return isCalled(personOf(yard, a) ?? a, personOf(yard, b) ?? b);
}

export interface Deed {
  /** Any name of the person. */
  readonly person: string;
  readonly needs: Role;
  /** Of what it is done to; null: of the yard as a whole. */
  readonly namespace: string | null;
}

/** A role without a namespace is one everywhere; one with a namespace counts there alone. */
export function mayDo(yard: Peopled, { person, needs, namespace }: Deed): boolean {
  const name = personOf(yard, person);
  const grants = name === undefined ? [] : (yard.people[name]?.roles ?? []);
  return grants.some((grant) => {
    const [role = '', scope] = grant.split('@');
    return (scope === undefined || scope === namespace) && ROLES.indexOf(role as Role) >= ROLES.indexOf(needs);
  });
}

/** Everybody who may, by the names that yard.json has for them. */
export const whoMay = (yard: Peopled, deed: Omit<Deed, 'person'>): readonly string[] =>
  Object.keys(yard.people)
    .filter((person) => mayDo(yard, { ...deed, person }))
    .sort();
