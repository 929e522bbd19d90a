/**
 * Where the channels of this agent lead: `notify.json` in its own folder, and its environment (`GITYARD_NOTIFY_<CHANNEL>_URL`),
 * which wins. Never from the yard: whoever may push there may say what is told, not where to, nor which program is started.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../agent-error.ts';

export interface ChannelSettings {
  readonly kind: string;
  readonly url: string;
  /** Signs what a webhook is sent. */
  readonly secret: string;
  readonly to: readonly string[];
  readonly from: string;
  /** A program and its arguments, for the desktop of whoever sits at this machine. */
  readonly command: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

const MOST_BYTES = 64 * 1024;
const MOST_CHANNELS = 50;
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
const PREFIX = 'GITYARD_NOTIFY_';

/** By the name under which the environment knows a channel: `team-x` and `team.x` are TEAM_X. */
export const keyOf = (channel: string): string => channel.toUpperCase().replace(/[.-]/g, '_');

export async function channelSettings(home: string, env: Environment): Promise<ReadonlyMap<string, ChannelSettings>> {
  const all = new Map<string, ChannelSettings>();
  for (const [name, value] of Object.entries(await fromFile(home))) all.set(keyOf(name), settingsOf(name, value));
  for (const key of keysIn(env)) all.set(key, fromEnvironment(key, { env, known: all.get(key) }));
  return all;
}

const keysIn = (env: Environment): string[] =>
  Object.keys(env).flatMap((name) => /^GITYARD_NOTIFY_([A-Z0-9_]+)_URL$/.exec(name)?.[1] ?? []);

function fromEnvironment(
  key: string,
  { env, known }: { env: Environment; known: ChannelSettings | undefined },
): ChannelSettings {
  const word = (name: string) => env[`${PREFIX}${key}_${name}`] ?? '';
  const url = word('URL');
  return {
    kind: word('KIND') || kindOf(url),
    url,
    secret: word('SECRET') || (known?.secret ?? ''),
    to: word('TO')
      ? word('TO')
          .split(',')
          .map((it) => it.trim())
      : (known?.to ?? []),
    from: word('FROM') || (known?.from ?? ''),
    // A variable is one text, and would have to be split as a shell does: a program comes from the file alone.
    command: known?.command ?? [],
  };
}

/** Those that tell it by their address. */
function kindOf(url: string): string {
  if (/^smtps?:/i.test(url)) return 'email';
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  if (host === 'hooks.slack.com') return 'slack';
  if (host === 'discord.com' || host === 'discordapp.com') return 'discord';
  return /\.(?:webhook\.office\.com|logic\.azure\.com)$/.test(host) ? 'teams' : 'webhook';
}

async function fromFile(home: string): Promise<Readonly<Record<string, unknown>>> {
  const path = join(home, 'notify.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}';
    throw error;
  });
  const wrong = (why: string) => new AgentError('INVALID_DATA', `${path} ${why}; mend or remove it`);
  if (text.length > MOST_BYTES) throw wrong(`has more than ${MOST_BYTES} bytes`);
  const { channels = {} } = parsed(text, wrong) as { channels?: Record<string, unknown> };
  if (typeof channels !== 'object' || channels === null || Array.isArray(channels))
    throw wrong('must be {"channels": {name: {"kind", "url", …}}}');
  const names = Object.keys(channels);
  if (names.length > MOST_CHANNELS) throw wrong(`has more than ${MOST_CHANNELS} channels`);
  const bad = names.find((it) => !NAME.test(it));
  if (bad !== undefined) throw wrong(`names a channel ${JSON.stringify(bad)}, which is no name`);
  return channels;
}

function parsed(text: string, wrong: (why: string) => AgentError): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Told below; what the parser says may quote a secret.
  }
  throw wrong('is not a JSON object');
}

function settingsOf(name: string, value: unknown): ChannelSettings {
  const {
    kind = '',
    url = '',
    secret = '',
    to = [],
    from = '',
    command = [],
  } = (value ?? {}) as Partial<ChannelSettings>;
  const texts = [kind, url, secret, from].every((it) => typeof it === 'string');
  if (!texts || !isWords(to) || !isWords(command))
    throw new AgentError(
      'INVALID_DATA',
      `channel ${name} of notify.json must have texts, and lists of texts for "to" and "command"`,
    );
  return { kind: kind || (command.length > 0 ? 'desktop' : kindOf(url)), url, secret, to, from, command };
}

const isWords = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((it) => typeof it === 'string' && !it.includes('\0'));
