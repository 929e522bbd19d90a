/**
 * What the comments of a person may do, by yard.json: `chatOps.roles` speaks of comments alone, `people` of the whole yard or of a
 * namespace. Whom both name may what both allow, also when it is less than others may who are named nowhere and can push.
 */
import type { Job } from '../entities/job.ts';
import { ROLES, type Role } from '../entities/token.ts';
import type { YardConfig } from '../entities/yard-config.ts';
import { namespaceOf } from '../namespaces/namespace-of.ts';
import { isCalled, mayDo } from '../people/people.ts';

export interface Commenter {
  /** At the host, which does not tell capitals from small letters. */
  readonly login: string;
  /** To the repository of the comment, by the word of its host. */
  readonly mayPush: boolean;
}

type Settings = Pick<YardConfig, 'chatOps' | 'people' | 'namespaces'>;

/** `job`: what is done to it; left out: the most that they may anywhere. null: nothing. */
export function chatRole({ chatOps, ...yard }: Settings, { login, mayPush }: Commenter, job?: Job): Role | null {
  const forComments = Object.entries(chatOps.roles).filter(([name]) => isCalled(name, login));
  // Only by the name that is their own: what else people are called may be the login of anybody.
  const people = Object.keys(yard.people).filter((name) => isCalled(name, login));
  const said = [...forComments.map(([, role]) => role), ...people.map((person) => roleOf(yard, person, job))];
  if (said.length === 0) return mayPush ? chatOps.writers : null;
  return said.includes(null) ? null : (ROLES.find((it) => said.includes(it)) ?? null);
}

function roleOf(yard: Omit<Settings, 'chatOps'>, person: string, job: Job | undefined): Role | null {
  const grants = yard.people[person]?.roles.map((it) => it.split('@', 1)[0]) ?? [];
  const namespace = job === undefined ? null : namespaceOf(yard, job);
  const has = (needs: Role) => (job === undefined ? grants.includes(needs) : mayDo(yard, { person, needs, namespace }));
  return ROLES.findLast(has) ?? null;
}
