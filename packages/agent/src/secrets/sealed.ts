/** Secrets that lie sealed in the yard (`shared/secrets`), for an agent that they were sealed for. */
import { type Secret, type State, secretIdOf } from '@gityard/domain';
import { type AgeIdentity, identityPath, readAgeIdentity, unseal } from './age.ts';
import { isSecretName, SecretError, type SecretSource, valueFrom } from './source.ts';

export interface SealedPlace {
  readonly home: string;
  /** As the yard is when it is asked. */
  secrets(): State['secrets'];
}

export function openSealed({ home, secrets }: SealedPlace): SecretSource {
  return {
    name: 'yard',
    list: async () => [...secrets()].map((it) => it.name).sort(),
    async read(name) {
      const secret = isSecretName(name) ? secrets().get(secretIdOf(name)) : undefined;
      if (secret?.name !== name) return null;
      return opened(secret, { home, identity: await readAgeIdentity(home) });
    },
  };
}

/** For whom it was sealed is not ours to list here: the error goes into the result of a build. */
async function opened(
  secret: Secret,
  { home, identity }: { home: string; identity: AgeIdentity | null },
): Promise<string> {
  if (!identity) throw new SecretError(`secret ${secret.name} is sealed, and there is no key in ${identityPath(home)}`);
  const bytes = await unseal(secret.sealed, identity);
  if (bytes) return valueFrom(bytes, `secret ${secret.name} of the yard`);
  throw new SecretError(
    `secret ${secret.name} of the yard is not sealed for this agent (${identity.recipient}): gityard secrets reseal ${secret.name}, by somebody who can read it`,
  );
}
