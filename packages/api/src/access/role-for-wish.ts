/** Which role a wish needs (REQUIREMENTS R129): Developers ask for builds and read; whatever steers others is for build masters. */
import type { CommandWish, JobWish, Role } from '@gityard/domain';

const OF_DEVELOPERS: ReadonlySet<CommandWish['op']> = new Set(['retry', 'read', 'acknowledge', 'ack']);

export const roleForWish = (wish: JobWish | CommandWish): Role =>
  !('op' in wish) || OF_DEVELOPERS.has(wish.op) ? 'Developer' : 'BuildMaster';
