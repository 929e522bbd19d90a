/** Slack, Discord and Teams: three shapes of one message. What others wrote calls nobody by name in any of them. */
import type { Channel, ChannelKind, ChannelMessage } from './channel.ts';
import { httpAddress, postJson } from './post.ts';

export const slack: ChannelKind = chat('slack', ({ title, text, url }) => ({
  text: [`*${escaped(title)}*`, escaped(text), ...(url === null ? [] : [`<${url}>`])].join('\n'),
}));

const MOST_DISCORD = 2000;
export const discord: ChannelKind = chat('discord', ({ title, text, url }) => ({
  content: [`**${title}**`, text, ...(url === null ? [] : [url])].join('\n').slice(0, MOST_DISCORD),
  allowed_mentions: { parse: [] },
}));

export const teams: ChannelKind = chat('teams', ({ title, text, url, mood }) => ({
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        version: '1.4',
        body: [
          { type: 'TextBlock', text: title, weight: 'Bolder', wrap: true, color: COLOURS[mood] },
          { type: 'TextBlock', text, wrap: true },
        ],
        actions: url === null ? [] : [{ type: 'Action.OpenUrl', title: 'Gityard', url }],
      },
    },
  ],
}));

const COLOURS = { bad: 'Attention', good: 'Good', neutral: 'Default' } as const;

function chat(kind: string, bodyOf: (message: ChannelMessage) => object): ChannelKind {
  const open = ({ url }: { url: string }): Channel => {
    const address = httpAddress(url);
    return {
      preview: bodyOf,
      send: (message, signal) => postJson(address, { body: JSON.stringify(bodyOf(message)), signal }),
    };
  };
  return { kind, open };
}

/** Everything that means something to Slack, `<!channel>` above all, begins with one of these. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
