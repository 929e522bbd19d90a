/**
 * For whom a secret is sealed: agents of the yard under the keys that they registered, and keys that a person names. What
 * stands in a yard whoever may push can have changed, so a key that is not the one of last time needs a person's word.
 */
import type { Secret, State } from '@gityard/domain';
import { CliError, usageError } from '../errors.ts';

export interface Readers {
  /** Ids of agents; `all` stands for all that have a key. */
  readonly agents: readonly string[];
  /** Recipients of age. */
  readonly keys: readonly string[];
  readonly acceptKeys: boolean;
}

type Recipient = Pick<Secret['recipients'][number], 'agent' | 'key'>;

export function recipientsOf(state: State, { agents, keys, acceptKeys }: Readers): readonly Recipient[] {
  const named = agents.includes('all') ? withKeys(state) : agents;
  const recipients = [...new Set(named)].map((id) => recipientOf(state, id));
  const strange = keys.find((it) => !/^age1[0-9a-z]{58}$/.test(it));
  if (strange !== undefined)
    throw usageError(`--to ${strange} is no recipient of age`, 'it looks like age1…, 62 characters');
  const all = [...recipients, ...[...new Set(keys)].map((key) => ({ agent: null, key }))];
  if (all.length === 0)
    throw new CliError('NOT_FOUND', 'no agent of this yard has a key to seal for', {
      hint: 'start one, or name a key with --to age1…',
    });
  if (!acceptKeys) refuseSwapped(state, recipients);
  return all;
}

/** Those for whom nothing can be sealed yet. */
export const agentsWithoutKey = (state: State): readonly string[] =>
  [...state.agents].filter((it) => it.ageRecipient === null).map((it) => it.id);

const withKeys = (state: State): string[] =>
  [...state.agents].filter((it) => it.ageRecipient !== null).map((it) => it.id);

function recipientOf(state: State, id: string): { readonly agent: string; readonly key: string } {
  const agent = state.agents.get(id);
  if (!agent) throw new CliError('NOT_FOUND', `no agent is called ${id}`, { hint: 'gityard agent list shows them' });
  if (agent.ageRecipient === null)
    throw new CliError('NOT_FOUND', `agent ${id} has no key to seal for`, {
      hint: 'it registers one when it starts anew',
    });
  return { agent: id, key: agent.ageRecipient };
}

function refuseSwapped({ secrets }: State, recipients: readonly Recipient[]): void {
  for (const { agent, key } of recipients) {
    const before = [...secrets].flatMap((it) => it.recipients).find((it) => it.agent === agent);
    if (before && before.key !== key)
      throw new CliError('DENIED', `agent ${agent} has another key than the one that secrets were sealed for`, {
        hint: `ask its owner whether its key is ${key}, and then say --accept-keys`,
      });
  }
}
