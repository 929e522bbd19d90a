/** Seals a value for readers and puts it into the yard. The value is asked for last, when all else is known to be right. */
import { seal } from '@gityard/agent';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { good, line } from '../text/lines.ts';
import { act } from '../yard/act.ts';
import { agentsWithoutKey, type Readers, recipientsOf } from './recipients.ts';

interface Sealing {
  readonly name: string;
  readonly readers: Readers;
  value(): Promise<string>;
}

export async function sealFor(context: Context, { name, readers, value }: Sealing): Promise<Reply> {
  const state = await context.look();
  const recipients = recipientsOf(state, readers);
  const missing = readers.agents.includes('all') ? agentsWithoutKey(state) : [];
  if (missing.length > 0)
    context.note(`not for ${missing.join(', ')}: no key is registered; start them anew and reseal`);
  const keys = recipients.map((it) => it.key);
  const sealed = await seal(await value(), keys);
  const { id: by } = await context.identity();
  const wish = { name, sealed, recipients, by, reason: context.reason };
  return act(context, 'set-secret', wish, ({ result, commit }) => {
    const { sealed: _, ...shown } = result;
    const who = recipients.map(({ agent, key }) => agent ?? key).join(', ');
    return answer({ ...shown, commit }, () => [line(good(name), ` is sealed for ${who}`)]);
  });
}
