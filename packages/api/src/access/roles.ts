/** Who may do what (REQUIREMENTS R129). A role may do all that the one before it may; what nobody was named for, nobody may. */
import { ROLES, type Role } from '@gityard/domain';

/**
 * What an endpoint asks of its caller. `anyone`: nothing, as probes need it. `looker`: to be a Developer, except where the
 * server shows the yard to all who reach it. `link`: to be a Developer, or to have an address that we signed. Else: that role, or
 * one above it.
 */
export type Access = 'anyone' | 'looker' | 'link' | Role;

interface Asking {
  /** null: nobody that we know. */
  readonly role: Role | null;
  /** The server shows the yard to all who reach it. */
  readonly open: boolean;
}

export function allows(access: Access | undefined, { role, open }: Asking): boolean {
  if (access === undefined) return false;
  if (access === 'anyone' || (access === 'looker' && open)) return true;
  const least = access === 'looker' || access === 'link' ? 'Developer' : access;
  return role !== null && rankOf(role) >= rankOf(least);
}

const rankOf = (role: Role): number => ROLES.indexOf(role);
