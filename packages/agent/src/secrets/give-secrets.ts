/**
 * The secrets of one build: what its policy allows, from the first source that has it, each use written down before the value
 * is handed over. All or nothing: a build that lacks one of its secrets fails at once, and not where it would need it.
 */
import type { BuildSecrets, Given, SecretUse } from '@gityard/builder';
import type { Policy } from '../policy.ts';
import { noteSecretUses, type SecretUseLine } from './audit-file.ts';
import { whyNoSecret } from './rule.ts';
import { SecretError, type SecretSource } from './source.ts';

export interface SecretKeeping {
  readonly agent: string;
  readonly home: string;
  readonly policy: Pick<Policy, 'secrets'>;
  readonly sources: readonly SecretSource[];
  readonly job: { readonly id: string; readonly token: number };
  now(): string;
}

interface Found {
  readonly name: string;
  readonly value: string;
  readonly from: SecretSource['name'];
}

export function secretsFor(keeping: SecretKeeping): BuildSecrets {
  return {
    async give(use) {
      const found: Found[] = [];
      for (const name of use.names) {
        const one = await findOne(keeping, name, use);
        if (typeof one === 'string') return refused(keeping, { use, name, reason: one });
        found.push(one);
      }
      await noteSecretUses(
        keeping.home,
        found.map(({ name, from }) => lineOf(keeping, { use, name, from, refused: null })),
      );
      return { ok: true, values: Object.fromEntries(found.map(({ name, value }) => [name, value])) };
    },
  };
}

/** Or why it cannot be had. */
async function findOne(
  { agent, policy, sources }: SecretKeeping,
  name: string,
  use: SecretUse,
): Promise<Found | string> {
  const denied = await whyNoSecret(name, policy, use);
  if (denied !== null) return denied;
  try {
    for (const source of sources) {
      const value = await source.read(name);
      if (value !== null) return { name, value, from: source.name };
    }
  } catch (error) {
    if (error instanceof SecretError) return error.message;
    throw error;
  }
  return `agent ${agent} has no secret ${name}; give it one with: gityard secrets set ${name} --for ${agent}`;
}

interface Noted {
  readonly use: SecretUse;
  readonly name: string;
}

async function refused(keeping: SecretKeeping, { use, name, reason }: Noted & { reason: string }): Promise<Given> {
  await noteSecretUses(keeping.home, [lineOf(keeping, { use, name, from: null, refused: reason })]);
  return { ok: false, reason };
}

function lineOf(
  { job, now }: SecretKeeping,
  { use, name, from, refused }: Noted & Pick<SecretUseLine, 'from' | 'refused'>,
): SecretUseLine {
  const { repository, branch, commit } = use;
  return { at: now(), secret: name, job: job.id, token: job.token, repository, branch, commit, from, refused };
}
