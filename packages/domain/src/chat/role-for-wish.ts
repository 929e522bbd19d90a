/** Which role a wish needs (REQUIREMENTS R129): Developers ask for builds and read; whatever steers others is for build masters. */
import type { CommandWish, JobWish } from '../entities/queue-file.ts';
import { ROLES, type Role } from '../entities/token.ts';

/** Whose approval counts is said by the yard itself, of each job. */
const OF_DEVELOPERS: ReadonlySet<CommandWish['op']> = new Set([
  ...(['retry', 'approve', 'reject', 'read', 'acknowledge', 'ack'] as const),
]);

export const roleForWish = (wish: JobWish | CommandWish): Role =>
  !('op' in wish) || OF_DEVELOPERS.has(wish.op) ? 'Developer' : 'BuildMaster';

/** A role may do all that the one before it may. */
export const mayWish = (role: Role, wish: JobWish | CommandWish): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(roleForWish(wish));
