/** Enters this agent in the yard: who it is, what it can do, what its owner lets it run. */
import type { Agent, Capabilities, InputOf, State } from '@gityard/domain';
import type { AgentContext, Self } from './context.ts';
import { type Life, sawDie } from './home/life.ts';
import type { AgentOptions } from './options.ts';
import type { Policy } from './policy.ts';

export interface Registering {
  readonly capabilities: Capabilities;
  /** Which daemon used our folder before: we hold its lock now, so that one is gone. */
  readonly before: Life | undefined;
}

/** Refused when another daemon lives under our id. */
export async function register(context: AgentContext, { capabilities, before }: Registering) {
  const { yard, self, options, policy } = context;
  const replaces = await deadBoot(yard.state, self, before);
  const agent = agentFrom(self, { options, policy, capabilities });
  const input: InputOf<'register'> = { agent, replaces, now: yard.now() };
  return yard.perform('register', input);
}

interface Known {
  readonly options: AgentOptions;
  readonly policy: Policy;
  readonly capabilities: Capabilities;
}

function agentFrom(self: Self, { options, policy, capabilities: detected }: Known): InputOf<'register'>['agent'] {
  // Parts of a build go to those who look into the same cache.
  const shared = options.cache?.shared;
  const tools = shared === undefined ? detected.tools : { ...detected.tools, cache: shared };
  const capabilities = { ...detected, tools };
  const { pool = poolOfThisSystem(), labels = [], slots = 1, version = '' } = options;
  const allows: Agent['allows'] = { commands: policy.commands, repositories: [...policy.repositories] };
  const { id, host, boot } = self;
  const tasks = options.processor !== undefined;
  return { id, host, boot, tasks, pool, labels: [...new Set(labels)], slots, version, capabilities, allows };
}

function poolOfThisSystem(): string {
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
