/** The way to the yard: a proxy, the certificate of its server, the key and the known hosts of ssh. Sends nothing that changes anything. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { connect as connectSocket, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { shellWord } from '@gityard/domain';
import { proxyFor } from '@gityard/store';
import type { Context } from '../context.ts';
import { sshKeySetting } from '../start/access.ts';
import { durationText } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

const VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'];

/** Each proxy that the environment names takes a connection; whether it lets one through, the yard itself tells. */
export async function checkProxy(context: Context, signal: AbortSignal): Promise<Finding> {
  const { io } = context;
  const named = VARIABLES.flatMap((name) => {
    const address = io.env[name.toLowerCase()] || io.env[name];
    return address ? [{ name, address }] : [];
  });
  if (named.length === 0) return skipped('no proxy is set');
  for (const { name, address } of named) {
    const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`;
    if (!URL.canParse(text)) return wrong(`${name} is no address`, `set it as http://host:port, or unset ${name}`);
    const { hostname, port, protocol } = new URL(text);
    const number = Number(port || (protocol === 'https:' ? 443 : 80));
    const why = await whyNoConnection(hostname, number, signal);
    if (why === null) continue;
    const told = `${name}: ${hostname}:${number} takes no connection: ${why}`;
    const remedy = `mend the proxy, unset ${name}, or name the host in NO_PROXY`;
    if (await isOnTheWay(context, new URL(text).host)) return wrong(told, remedy);
    return doubtful(`${told}; the yard is reached without it, builds may want it`, remedy);
  }
  return fine(`${named.map((it) => it.name).join(', ')} can be reached`);
}

/** Of a yard that is not known nobody can say. */
async function isOnTheWay(context: Context, host: string): Promise<boolean> {
  const address = await knownAddress(context);
  if (address === '') return true;
  return /^https?:/i.test(address) && proxyFor(new URL(address), { env: context.io.env })?.url.host === host;
}

/** null: it took one. */
export async function whyNoConnection(host: string, port: number, signal: AbortSignal): Promise<string | null> {
  const socket = connectSocket({ host: host.replace(/^\[|\]$/g, ''), port });
  const why = await opened(socket, 'connect', signal);
  socket.destroy();
  return why;
}

const CONNECT_MS = 10_000;

function opened(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<string | null> {
  return new Promise((settle) => {
    socket.setTimeout(CONNECT_MS, () => settle('it does not answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
    socket.once(event, () => settle(null));
    signal.addEventListener('abort', () => settle('it does not answer'), { once: true });
  });
}

/** Where none is known, the check of the yard itself says so. */
const knownAddress = (context: Context): Promise<string> =>
  context.yardAddress().then(
    (it) => it.address,
    () => '',
  );

const SOON_MS = 14 * 24 * 3_600_000;

/** Behind a proxy nobody here sees it. */
export async function checkCertificate(context: Context, signal: AbortSignal): Promise<Finding> {
  const address = await knownAddress(context);
  if (!/^https:\/\//i.test(address)) return skipped('the yard is not reached by https');
  const { hostname, port } = new URL(address);
  const { connect } = await import('node:tls');
  const host = hostname.replace(/^\[|\]$/g, '');
  const servername = /^[\d.]+$|:/.test(host) ? '' : host;
  // Looked at, whoever signed it: whether it is trusted is asked of the socket, and told with the reason.
  const socket = connect({ host, port: Number(port || 443), servername, rejectUnauthorized: false });
  try {
    const why = await opened(socket, 'secureConnect', signal);
    if (why !== null) return skipped(`${hostname} takes no connection straight from here: ${why}`);
    const { valid_to: end } = socket.getPeerCertificate();
    const leftMs = Date.parse(end) - Date.now();
    if (leftMs <= 0) return wrong(`the certificate of ${hostname} ran out at ${end}`, 'its owner must renew it');
    if (leftMs < SOON_MS)
      return doubtful(`the certificate of ${hostname} runs out in ${durationText(leftMs)}`, 'its owner must renew it');
    return fine(`valid for ${durationText(leftMs)}`);
  } finally {
    socket.destroy();
  }
}

/** Whether ssh would have to ask: for a passphrase, for a host, for a key that others may read. Nobody answers a daemon. */
export async function checkSsh(context: Context): Promise<Finding> {
  const host = sshHost(await knownAddress(context));
  if (host === undefined) return skipped('the yard is not reached by ssh');
  const { env, cwd } = context.io;
  const { value: key } = sshKeySetting({ env, cwd, files: await context.localConfigs() });
  if (key !== null) {
    const found = await stat(key).catch(() => undefined);
    if (!found) return wrong(`the key ${key} is not there`, 'name another by GITYARD_SSH_KEY');
    if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
      return wrong(`the key ${key} can be read by others, and ssh does not use such`, `chmod 600 ${shellWord(key)}`);
  }
  const settings = await settingsOf(host, env);
  if (settings === undefined)
    return wrong('ssh does not start', 'install an ssh client, or name one by GIT_SSH_COMMAND');
  const text = `as ${settings.user}@${settings.hostname}, with ${key ?? 'the keys of this user'}`;
  return (await isKnown(settings, env))
    ? fine(text)
    : doubtful(
        `${text}; its host key is not in known_hosts`,
        `ssh-keyscan -p ${settings.port} ${settings.hostname} shows it: compare it with what its owner publishes, then add it`,
      );
}

interface Destination {
  readonly name: string;
  readonly port: string | undefined;
}

function sshHost(address: string): Destination | undefined {
  if (/^ssh:\/\//i.test(address)) {
    const { username, hostname, port } = new URL(address);
    return { name: `${username && `${username}@`}${hostname}`, port: port || undefined };
  }
  const [, name] = /^([^/\\@:]+@(?:\[[^\]]+\]|[^/\\:]+)):/.exec(address) ?? [];
  return name === undefined || name.startsWith('-') ? undefined : { name: name.replace(/[[\]]/g, ''), port: undefined };
}

interface SshSettings {
  readonly user: string;
  readonly hostname: string;
  readonly port: string;
  readonly files: readonly string[];
}

const run = promisify(execFile);

/** As the user's own files of ssh have it. */
async function settingsOf({ name, port }: Destination, env: NodeJS.ProcessEnv): Promise<SshSettings | undefined> {
  const words = ['-G', ...(port === undefined ? [] : ['-p', port]), '--', name];
  const told = await run('ssh', words, { env }).catch(() => undefined);
  if (!told) return undefined;
  const of = (key: string) => new RegExp(`^${key} (.*)$`, 'm').exec(told.stdout)?.[1] ?? '';
  const files = `${of('userknownhostsfile')} ${of('globalknownhostsfile')}`.split(/\s+/).filter((it) => it !== '');
  return { user: of('user'), hostname: of('hostname'), port: of('port'), files };
}

async function isKnown({ hostname, port, files }: SshSettings, env: NodeJS.ProcessEnv): Promise<boolean> {
  const host = port === '22' ? hostname : `[${hostname}]:${port}`;
  const home = env.HOME ?? '';
  const found = files.map((file) => run('ssh-keygen', ['-F', host, '-f', file.replace(/^~/, home)], { env }));
  return (await Promise.allSettled(found)).some((it) => it.status === 'fulfilled');
}
