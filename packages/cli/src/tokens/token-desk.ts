/** Tokens for the API of a yard: signed by the key of this machine, recorded in the yard, where they can be revoked. */
import { signToken, type TokenDesk, tokenReader } from '@gityard/api';
import { newId, type Yard } from '@gityard/yard';
import type { ApiKey } from './api-key.ts';
import { audienceOf, newestFirst } from './audience.ts';

export interface TokenDeskOf {
  readonly yard: Yard;
  /** Asked for when a token first comes or goes: most servers never see one. */
  key(): Promise<ApiKey>;
  /** Looks at the remote. */
  look(): Promise<void>;
}

export function tokenDesk({ yard, key: keyOf, look }: TokenDeskOf): TokenDesk {
  const isGood = async (id: string): Promise<boolean> => {
    // Signed by us and not known: it was issued by another program a moment ago.
    if (!yard.state.tokens.has(id)) await look();
    const record = yard.state.tokens.get(id);
    return record !== undefined && record.revokedAt === null && record.key === (await keyOf()).id;
  };
  const audience = audienceOf(yard.state);
  return {
    read: async (token) => tokenReader({ key: await keyOf(), audience, isGood }).read(token),
    list: () => newestFirst(yard.state),
    issue: async ({ subject, role, namespaces, lastsSeconds }, by) => {
      const [id, key] = [newId(), await keyOf()];
      const issuedAt = new Date();
      const expiresAt = new Date(issuedAt.getTime() + lastsSeconds * 1000);
      const wish = {
        id,
        subject,
        role,
        namespaces,
        key: key.id,
        expiresAt: expiresAt.toISOString(),
        by,
        now: issuedAt.toISOString(),
      };
      const issued = await yard.perform('issue-token', wish, { by });
      if (!issued.ok) return issued;
      const token = await signToken({ id, subject, role, namespaces, audience, issuedAt, expiresAt }, key);
      return { ok: true, value: { token, record: issued.result } };
    },
    revoke: async (id, by) => {
      const revoked = await yard.perform('revoke-token', { id, by, now: new Date().toISOString() }, { by });
      return revoked.ok ? { ok: true, value: revoked.result } : revoked;
    },
  };
}
