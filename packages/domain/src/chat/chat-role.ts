/** What the comments of a person may do, by yard.json. Named people have the role that is written there, also when it is less. */
import type { Role } from '../entities/token.ts';
import type { YardConfig } from '../entities/yard-config.ts';

export interface Commenter {
  /** At the host, which does not tell capitals from small letters. */
  readonly login: string;
  /** To the repository of the comment, by the word of its host. */
  readonly mayPush: boolean;
}

/** null: none of our people. */
export function chatRole({ roles, writers }: YardConfig['chatOps'], { login, mayPush }: Commenter): Role | null {
  const named = Object.entries(roles).find(([name]) => name.toLowerCase() === login.toLowerCase());
  return named?.[1] ?? (mayPush ? writers : null);
}
