/** Secrets for a run by hand: what this machine can read anyway, without rules, because whoever runs it is its owner. */
import { SecretError, type SecretSource } from '@gityard/agent';
import type { BuildSecrets, Given } from '@gityard/builder';

export function localSecrets(sources: readonly SecretSource[] | null): BuildSecrets {
  return {
    async give({ names }): Promise<Given> {
      if (!sources) return refused(`it asks for ${names.join(', ')}: give them with --with-secrets`);
      const values: Record<string, string> = {};
      for (const name of names) {
        const found = await firstOf(sources, name);
        if (!found.ok) return found;
        values[name] = found.value;
      }
      return { ok: true, values };
    },
  };
}

const refused = (reason: string) => ({ ok: false, reason }) as const;

async function firstOf(sources: readonly SecretSource[], name: string) {
  try {
    for (const source of sources) {
      const value = await source.read(name);
      if (value !== null) return { ok: true, value } as const;
    }
  } catch (error) {
    if (error instanceof SecretError) return refused(error.message);
    throw error;
  }
  return refused(`this machine has no secret ${name}: gityard secrets set ${name} --here`);
}
