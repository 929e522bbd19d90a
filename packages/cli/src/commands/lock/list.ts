/** Who holds which lock, and who waits for it. */
import { lockView } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { flag } from '../../parameters.ts';
import { dim } from '../../text/lines.ts';
import { lockTable } from '../../text/status-screen.ts';

export const command = defineCommand({
  name: 'lock list',
  summary: 'who holds which lock',
  example: 'gityard lock list',
  parameters: { all: flag('also those that nobody holds now') },
  run: async (context, { all }) => {
    const { state } = await context.yard();
    const locks = [...state.locks]
      .filter((it) => all || it.holders.length > 0 || it.waiting.length > 0)
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(lockView);
    return answer(locks, () => (locks.length === 0 ? [[dim('no locks')]] : lockTable(locks, context.now())));
  },
});
