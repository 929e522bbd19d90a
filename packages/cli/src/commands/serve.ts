/** `gityard serve`: any yard, on a page of this machine. The work is in serve/. */
import { defineCommand } from '../command.ts';
import { usageError } from '../errors.ts';
import { LOG_FLAGS } from '../log/settings.ts';
import { flag, list, option, wholeNumber } from '../parameters.ts';
import { checkHostName } from '../serve/host-name.ts';

const PORT = 7420;
const HOST = '127.0.0.1';

export const command = defineCommand({
  name: 'serve',
  summary: 'the live page of a yard, and its API',
  details:
    'Follows the yard, wherever it is, until it is told to stop with Ctrl-C. The address that it prints holds a key: who opens ' +
    'it may also act, in the name of "dashboard"; all others on this machine may look. For other machines, name an address of ' +
    'this one with --host, the names under which it is called with --allow-host, and a certificate with --tls-cert and ' +
    '--tls-key (it is read anew when it is renewed): then only who has the key, or a token, may look; with --public everybody ' +
    'who reaches it. The API is described, and can be tried, at /docs.',
  example: 'gityard serve --yard https://github.com/acme/yard',
  parameters: {
    port: wholeNumber('port', `where the page and the API answer (${PORT}; 0 = any free one)`, { maximum: 65_535 }),
    host: option('address', `the address of this machine to answer at (${HOST})`),
    allowHost: list('name,…', 'answer callers from other machines, who call this one so'),
    tlsCert: option('file', 'the certificate to show, with those above it (PEM)'),
    tlsKey: option('file', 'its private key (PEM)'),
    public: flag('let everybody look who can reach it from another machine'),
    insecure: flag('to other machines without TLS: only where something else encrypts, a proxy or a private network'),
    ...LOG_FLAGS,
  },
  async run(context, { port = PORT, host = HOST, allowHost, tlsCert, tlsKey, insecure, public: isPublic }) {
    const { isLoopback } = await import('@gityard/api');
    const tls = tlsOf(tlsCert, tlsKey);
    for (const name of allowHost) checkHostName(name);
    if (!isLoopback(host)) checkOpening(host, { allowHost, isSafe: tls !== undefined || insecure });
    if (allowHost.length === 0 && (isPublic || insecure))
      context.note(
        '--public and --insecure are about callers from other machines: without --allow-host there are none',
      );
    const open = allowHost.length === 0 || isPublic;
    const yard = await context.yard();
    const stop = context.interruption();
    const { serveYard } = await import('../serve/serve-yard.ts');
    const served = await serveYard({
      yard,
      env: context.io.env,
      tell: (line) => context.log.tell(line),
      host,
      port,
      ...(allowHost.length > 0 && { allowRemote: { hosts: allowHost, unencrypted: insecure } }),
      ...(tls && { tls }),
      open,
    });
    try {
      const { page, guide } = served;
      context.show({ yard: yard.address, page, guide }, () => [
        [`yard    ${yard.address}`],
        [`page    ${page}`],
        ...(guide === null ? [] : [[`guide   ${guide}`]]),
      ]);
      if (allowHost.length > 0)
        context.note(
          open ? 'everybody who reaches it can read the yard' : 'only who has the key or a token can read the yard',
        );
      await aborted(stop);
    } finally {
      await served.close();
    }
    return 0;
  },
});

function tlsOf(cert: string | undefined, key: string | undefined): { cert: string; key: string } | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key };
  if (cert === undefined && key === undefined) return undefined;
  throw usageError('--tls-cert and --tls-key go together', 'name both files, the certificate and its private key');
}

interface Opening {
  readonly allowHost: readonly string[];
  /** What is said cannot be read on the way. */
  readonly isSafe: boolean;
}

const ENCRYPTED =
  '--tls-cert and --tls-key (--insecure, where a proxy, a container or a private network keeps it secret)';

function checkOpening(host: string, { allowHost, isSafe }: Opening): void {
  if (allowHost.length === 0)
    throw usageError(
      `--host ${host} would open the yard to the network`,
      `add --allow-host <name> with the name that others call this machine by${isSafe ? '' : `, and ${ENCRYPTED}`}; or leave out --host`,
    );
  if (!isSafe)
    throw usageError(
      `--host ${host} without TLS would send keys and tokens over the network for all to read`,
      `add ${ENCRYPTED}`,
    );
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve());
  });
