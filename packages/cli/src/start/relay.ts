/** The one setting of the relay: a key that the agents of a site share. With it they have a relay, without it none. */
import { usageError } from '../errors.ts';
import type { LocalConfigs } from './settings.ts';

export interface RelaySettings {
  readonly relayKey: string | undefined;
  readonly relayHost: string | undefined;
}

const LEAST_CHARACTERS = 16;

export function relaySettings(env: NodeJS.ProcessEnv, { agentFile }: LocalConfigs): RelaySettings {
  const relayKey = env.GITYARD_RELAY_KEY || agentFile.relayKey || undefined;
  const relayHost = env.GITYARD_RELAY_HOST || agentFile.relayHost || undefined;
  if (relayKey === undefined || relayKey.length >= LEAST_CHARACTERS) return { relayKey, relayHost };
  throw usageError(
    `the relay key has ${relayKey.length} characters, and needs ${LEAST_CHARACTERS}`,
    'make one with: openssl rand -hex 32',
  );
}
