/** Every kind of channel. To add one: write its file, and put it here; the contract runs for each. */
import { type Channel, ChannelError, type ChannelKind } from './channel.ts';
import { discord, slack, teams } from './chats.ts';
import { desktop } from './desktop.ts';
import { email } from './email.ts';
import type { ChannelSettings } from './settings.ts';
import { webhook } from './webhook.ts';

export const CHANNEL_KINDS: readonly ChannelKind[] = [webhook, slack, discord, teams, email, desktop];

export function openChannel(settings: ChannelSettings): Channel {
  const kind = CHANNEL_KINDS.find((it) => it.kind === settings.kind);
  if (kind) return kind.open(settings);
  const known = CHANNEL_KINDS.map((it) => it.kind).join(', ');
  throw new ChannelError(`nothing is known of the kind ${JSON.stringify(settings.kind)}; there are ${known}`, {
    lasting: true,
  });
}
