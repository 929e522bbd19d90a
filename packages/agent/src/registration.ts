/** Enters this agent in the yard: who it is, what it can do, what its owner lets it run. */
import { type Agent, type Capabilities, type InputOf, permissionOf, type State, VERSIONS } from '@gityard/domain';
import type { AgentContext, Self } from './context.ts';
import { type Life, sawDie } from './home/life.ts';
import { fingerprintsOf } from './trust/own-trust.ts';
import { lineOfKey } from './trust/public-key.ts';

export interface Registering {
  /** What secrets can be sealed for it with; null: they cannot. */
  readonly ageRecipient: string | null;
  readonly capabilities: Capabilities;
  /** Which daemon used our folder before: we hold its lock now, so that one is gone. */
  readonly before: Life | undefined;
}

/** Refused when another daemon lives under our id. */
export async function register(context: AgentContext, { capabilities, before, ageRecipient }: Registering) {
  const { yard, self } = context;
  const replaces = await deadBoot(yard.state, self, before);
  const agent = agentFrom(context, { allows: allowsOf(context), capabilities, ageRecipient });
  const input: InputOf<'register'> = { agent, replaces, now: yard.now() };
  return yard.perform('register', input);
}

/** What of the policy the others have to know, to give us nothing that we would refuse. */
export function allowsOf({
  policy,
  trust,
  changing,
}: Pick<AgentContext, 'policy' | 'trust' | 'changing'>): Agent['allows'] {
  // Without a launcher nobody would start the other program.
  return permissionOf(changing ? policy : { ...policy, updates: [] }, fingerprintsOf(trust));
}

interface Known {
  readonly allows: Agent['allows'];
  readonly capabilities: Capabilities;
  readonly ageRecipient: string | null;
}

function agentFrom(
  { self, options, key, storage }: AgentContext,
  { allows, capabilities: detected, ageRecipient }: Known,
): InputOf<'register'>['agent'] {
  // Parts of a build go to those who look into the same cache.
  const { shared } = storage;
  const tools = shared === undefined ? detected.tools : { ...detected.tools, cache: shared };
  const capabilities = { ...detected, tools };
  const { pool = poolOfThisSystem(), labels = [], slots = 1, version = '' } = options;
  const { id, host, boot } = self;
  const publicKey = lineOfKey(key.public, id);
  const tasks = options.processor !== undefined;
  return {
    id,
    host,
    boot,
    tasks,
    pool,
    labels: [...new Set(labels)],
    slots,
    version,
    ...(VERSIONS.newest > 1 && { newestSchema: VERSIONS.newest }),
    publicKey,
    ageRecipient,
    capabilities,
    allows,
  };
}

export function poolOfThisSystem(): string {
  if (process.platform === 'win32') return 'Windows';
  return process.platform === 'darwin' ? 'MacOS' : 'Linux';
}

/** The boot that is registered under our name, when we know that its process is gone. */
async function deadBoot(state: State, { id }: Self, before: Life | undefined): Promise<string | null> {
  const registered = state.agents.get(id);
  if (!registered) return null;
  if (registered.boot === before?.boot) return registered.boot;
  const heartbeat = state.heartbeats.get(id);
  return heartbeat?.boot === registered.boot && (await sawDie(heartbeat)) ? registered.boot : null;
}
