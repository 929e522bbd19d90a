/**
 * Puts a sealed secret in place, or another in the place of it. It comes sealed: no operation ever sees a value. The key of
 * each agent must be the one that the agent registered, so that nobody is sealed for under the name of another.
 */
import { accept, type Decision, type Refused, refuse } from '../../decision.ts';
import { secretIdOf } from '../../entities/file-id.ts';
import type { Secret, SecretRecipient } from '../../entities/secret.ts';
import type { State } from '../../state.ts';
import { clipped } from '../../text.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface SetSecret {
  readonly name: string;
  /** An age file in armour. */
  readonly sealed: string;
  readonly recipients: readonly { readonly agent: string | null; readonly key: string }[];
  readonly by: string;
  readonly reason?: string | null;
  readonly now: Time;
}

export function setSecret(state: State, input: SetSecret): Decision<Secret> {
  const { name, sealed, by, reason = null, now } = input;
  const recipients = [...input.recipients].sort(byAgentAndKey);
  const value = { schemaVersion: 1, name, sealed, recipients, setAt: now, setBy: clipped(by, 255) };
  const checked = validate('secret', JSON.parse(JSON.stringify(value)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [name]);
  const refused = wrongReader(state, name, recipients);
  if (refused) return refused;

  const secret = checked.value;
  const id = secretIdOf(name);
  const before = state.secrets.get(id);
  if (before?.sealed === sealed) return accept(before, [], `secret ${name} is set so already`);
  return accept(secret, [{ kind: 'secret', id, value: secret }], `${before ? 'change' : 'set'} secret ${name}`, {
    reason,
  });
}

export interface RemoveSecret {
  readonly name: string;
  readonly reason?: string | null;
  readonly now: Time;
}

/** The history keeps what was sealed: whoever could read it before still can, so the value itself has to be made void. */
export function removeSecret({ secrets }: State, { name, reason = null }: RemoveSecret): Decision<Secret> {
  const id = secretIdOf(name);
  const secret = secrets.get(id);
  if (!secret) return refuse('NOT_FOUND', `no secret is called ${name}`, [name]);
  return accept(secret, [{ kind: 'secret', id, value: null }], `remove secret ${secret.name}`, { reason });
}

function wrongReader({ agents }: State, name: string, recipients: SetSecret['recipients']): Refused | undefined {
  if (!/^[A-Z]/.test(name))
    return refuse('INVALID_DATA', `${name} must begin with a letter to be kept in the yard`, [name]);
  if (recipients.length === 0) return refuse('INVALID_DATA', `nobody could open ${name}`, [name]);
  const stranger = recipients.find(({ agent }) => agent !== null && !agents.has(agent))?.agent;
  if (stranger) return refuse('UNKNOWN_AGENT', `agent ${stranger} has not registered`, [stranger]);
  const wrong = recipients.find(({ agent, key }) => agent !== null && agents.get(agent)?.ageRecipient !== key)?.agent;
  return wrong ? refuse('CONFLICT', `agent ${wrong} has registered another key since`, [wrong]) : undefined;
}

const byAgentAndKey = (a: Pick<SecretRecipient, 'key'> & { agent: string | null }, b: typeof a): number =>
  `${a.agent ?? '~'} ${a.key}` < `${b.agent ?? '~'} ${b.key}` ? -1 : 1;
