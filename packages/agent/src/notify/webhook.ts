/** A webhook of one's own: everything as JSON, with a signature where a secret is agreed upon. */
import { createHmac } from 'node:crypto';
import type { ChannelKind, ChannelMessage } from './channel.ts';
import { httpAddress, postJson } from './post.ts';

export const webhook: ChannelKind = {
  kind: 'webhook',
  open: ({ url, secret }) => {
    const address = httpAddress(url);
    return {
      preview: bodyOf,
      send: async (message, signal) => {
        const body = JSON.stringify(bodyOf(message));
        const signature = createHmac('sha256', secret).update(body).digest('hex');
        const headers: Record<string, string> = secret === '' ? {} : { 'x-gityard-signature': `sha256=${signature}` };
        await postJson(address, { body, headers, signal });
      },
    };
  },
};

const bodyOf = ({ title, text, url, mood, facts }: ChannelMessage) => ({
  version: 1,
  title,
  text,
  url,
  mood,
  ...facts,
});
