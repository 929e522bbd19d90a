/** Sends a test over a channel of this machine, as its agent would. Needs no yard: what a channel is, only the machine knows. */
import type { Channel, ChannelMessage } from '@gityard/agent';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { good, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'notify test',
  summary: 'send a test over a channel of this machine',
  details:
    'A channel is known by GITYARD_NOTIFY_<CHANNEL>_URL, or by notify.json in GITYARD_HOME: {"channels": {"team": {"kind": ' +
    '"slack", "url": "https://…"}}}. Kinds: webhook, slack, discord, teams, email, desktop. With --dry-run what would go is ' +
    'printed.',
  example: 'gityard notify test team --dry-run',
  acts: true,
  parameters: { channel: argument('channel', 'its name, as in the notifications of yard.json') },
  run: async (context, { channel: name }) => {
    const { kind, channel } = await channelCalled(context, name);
    const { id } = await context.identity();
    const message = testMessage(id, context.now());
    const value = { channel: name, kind, sent: !context.flags.dryRun, message: channel.preview(message) };
    if (context.flags.dryRun)
      return answer(value, () => [[`would send over ${name} (${kind}):`], [JSON.stringify(value.message)]]);
    await sent(channel, message, name);
    return answer(value, () => [line(good('sent'), ` over ${name} (${kind})`)]);
  },
});

const LONGEST_MS = 30_000;
const NAME = /^[a-z0-9][a-z0-9._-]*$/i;

async function channelCalled(context: Context, name: string): Promise<{ kind: string; channel: Channel }> {
  const { ChannelError, channelSettings, keyOf, openChannel } = await import('@gityard/agent');
  const { env } = context.io;
  if (!NAME.test(name)) throw usageError(`"${name}" is no name of a channel`, 'letters, digits, ".", "_" and "-"');
  const settings = (await channelSettings(homePath(env), env)).get(keyOf(name));
  if (!settings)
    throw new CliError('NOT_FOUND', `this machine knows no channel ${name}`, {
      hint: `set GITYARD_NOTIFY_${keyOf(name)}_URL, or name it in notify.json of GITYARD_HOME`,
    });
  try {
    return { kind: settings.kind, channel: openChannel(settings) };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    throw new CliError('INVALID_DATA', `channel ${name}: ${error.message}`, {
      hint: 'gityard notify test --help',
      cause: error,
    });
  }
}

async function sent(channel: Channel, message: ChannelMessage, name: string): Promise<void> {
  try {
    await channel.send(message, AbortSignal.timeout(LONGEST_MS));
  } catch (error) {
    throw new CliError('REMOTE_UNREACHABLE', `channel ${name}: ${(error as Error).message}`, {
      hint: 'check its address, and that this machine reaches it',
      cause: error,
    });
  }
}

const testMessage = (by: string, at: string): ChannelMessage => ({
  title: '[gityard] a test',
  text: `${by} asked at ${at} whether this channel works. It does.`,
  url: null,
  mood: 'neutral',
  facts: { yard: null, code: 'test', agent: by, job: null, branch: null },
});
