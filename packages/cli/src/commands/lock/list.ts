/** Who holds which lock, and who waits for it. */
import { lockView } from '@gityard/domain';
import { answer, type Command, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, flag } from '../../parameters.ts';
import { dim, line } from '../../text/lines.ts';
import { lockTable } from '../../text/status-screen.ts';

export const list: Command = defineCommand({
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

export const show: Command = defineCommand({
  name: 'lock show',
  summary: 'one lock, and who waits for it',
  example: 'gityard lock show deploy',
  parameters: { name: argument('name', 'the name of the lock') },
  run: async (context, { name }) => {
    const lock = (await context.yard()).state.locks.get(name);
    if (!lock) throw new CliError('NOT_FOUND', `there is no lock ${name}`, { hint: 'gityard lock list --all' });
    const view = lockView(lock);
    return answer({ ...view, lastToken: lock.token }, () => [
      ...lockTable([view], context.now()),
      ...view.holders.map((it) => line(dim(`${it.holder} since ${it.acquiredAt}${it.reason ? `: ${it.reason}` : ''}`))),
      ...view.line.map((it) =>
        line(dim(`${it.holder} waits since ${it.since}${it.until ? ` until ${it.until}` : ''}`)),
      ),
    ]);
  },
});
