/** `gityard serve`: any yard, on a page of this machine. The work is in serve/. */
import { defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { LOG_FLAGS } from '../log/settings.ts';
import { list, option, wholeNumber } from '../parameters.ts';

const PORT = 7420;
const HOST = '127.0.0.1';

export const command = defineCommand({
  name: 'serve',
  summary: 'the live page of a yard, and its API',
  details:
    'Follows the yard, wherever it is, until it is told to stop with Ctrl-C. The address that it prints holds a key: who opens ' +
    'it may also act, in the name of "dashboard"; all others who reach the address without the key may look. For other ' +
    'machines, name an address of this one with --host and the names under which it is called with --allow-host: then ' +
    'everybody who reaches it can read the yard.',
  example: 'gityard serve --yard https://github.com/acme/yard',
  parameters: {
    port: wholeNumber('port', `where the page and the API answer (${PORT}; 0 = any free one)`, { maximum: 65_535 }),
    host: option('address', `the address of this machine to answer at (${HOST})`),
    allowHost: list('name,…', 'answer callers from other machines, who call this one so'),
    ...LOG_FLAGS,
  },
  async run(context, { port = PORT, host = HOST, allowHost }) {
    const { isLoopback } = await import('@gityard/api');
    if (allowHost.length === 0 && !isLoopback(host))
      throw usageError(
        `--host ${host} would open the yard to the network`,
        'add --allow-host <name> with the name that others call this machine by, or leave out --host',
      );
    const yard = await context.yard();
    const stop = context.interruption();
    const { serveYard } = await import('../serve/serve-yard.ts');
    const served = await serveYard({
      yard,
      env: context.io.env,
      onTrouble: (text) => context.log.tell({ level: 'warn', text }),
      host,
      port,
      ...(allowHost.length > 0 && { allowRemote: { hosts: allowHost } }),
    });
    try {
      context.show({ yard: yard.address, page: served.page }, () => [
        [`yard    ${yard.address}`],
        [`page    ${served.page}`],
      ]);
      if (!isLoopback(host)) context.note('everybody who reaches it can read the yard; only who has the key can act');
      await aborted(stop);
    } finally {
      await served.close();
    }
    return 0;
  },
});

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
