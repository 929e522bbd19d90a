/** Which role a wish needs (REQUIREMENTS R129): Developers ask for builds and read; whatever steers others is for build masters. */
import type { CommandWish, JobWish, Role } from '@gityard/domain';

/** Whose approval counts is said by the yard itself, of each job. */
const OF_DEVELOPERS: ReadonlySet<CommandWish['op']> = new Set([
  ...(['retry', 'approve', 'reject', 'read', 'acknowledge', 'ack'] as const),
]);

export const roleForWish = (wish: JobWish | CommandWish): Role =>
  !('op' in wish) || OF_DEVELOPERS.has(wish.op) ? 'Developer' : 'BuildMaster';
