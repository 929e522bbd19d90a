/** Who reads messages: the servers that the snapshot knows, and the roles that the yard gives them. */
import { idFrom } from '@gityard/domain';
import { jsonIn } from '../json-in.ts';
import type { Reading } from '../question.ts';
import { placeAt } from '../state-files.ts';

export interface Readers {
  readonly agents: readonly { readonly id: string }[];
  readonly yard: { readonly roles: Readonly<Record<string, readonly string[]>> };
}

export async function readersOf(reading: Reading, at: string): Promise<Readers> {
  const config = await reading.file(placeAt(at), 'yard.json');
  return { agents: reading.model?.agents ?? [], yard: { roles: rolesIn(config && jsonIn(config.bytes)) } };
}

/** Of the whole file only this is looked at, so only this is checked. */
function rolesIn(yard: unknown): Readonly<Record<string, readonly string[]>> {
  const roles = (yard as { roles?: unknown } | null | undefined)?.roles;
  if (typeof roles !== 'object' || roles === null) return {};
  return Object.fromEntries(
    Object.entries(roles)
      .filter((it): it is [string, unknown[]] => Array.isArray(it[1]))
      .map(([role, members]) => [idFrom(role), members.filter((it) => typeof it === 'string')]),
  );
}
