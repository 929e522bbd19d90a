/** Tokens for the API of a yard: signed by the key of this machine, recorded in the yard, where they can be revoked. */
import { signToken, type TokenDesk, tokenReader } from '@gityard/api';
import type { TokenRecord } from '@gityard/domain';
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
  const signed = async (record: TokenRecord, key: ApiKey) => {
    const times = { issuedAt: new Date(record.issuedAt), expiresAt: new Date(record.expiresAt) };
    return { ok: true, value: { token: await signToken({ ...record, ...times, audience }, key), record } } as const;
  };
  return {
    read: async (token) => tokenReader({ key: await keyOf(), audience, isGood }).read(token),
    list: () => newestFirst(yard.state),
    issue: async ({ id = newId(), lastsSeconds, ...who }, by) => {
      const key = await keyOf();
      const now = new Date();
      const expiresAt = new Date(now.getTime() + lastsSeconds * 1000).toISOString();
      const asked = { id, ...who, key: key.id, expiresAt, by, now: now.toISOString() };
      const issued = await yard.perform('issue-token', asked, { by });
      if (issued.ok) return signed(issued.result, key);
      const before = issued.code === 'DUPLICATE_ID' ? yard.state.tokens.get(id) : undefined;
      if (!before) return issued;
      // Ed25519 signs the same words alike: it is the same token again.
      return isThat(before, { ...who, key: key.id, lastsSeconds }) ? signed(before, key) : KEY_OF_ANOTHER;
    },
    revoke: async (id, by) => {
      const revoked = await yard.perform('revoke-token', { id, by, now: new Date().toISOString() }, { by });
      return revoked.ok ? { ok: true, value: revoked.result } : revoked;
    },
  };
}

const KEY_OF_ANOTHER = {
  ok: false,
  code: 'CONFLICT',
  reason: 'that idempotency key is of another token, or of one that was revoked',
} as const;

type Whose = Readonly<Pick<TokenRecord, 'subject' | 'role' | 'key'>> & { readonly namespaces: readonly string[] };

function isThat(record: TokenRecord, { lastsSeconds, ...wanted }: Whose & { readonly lastsSeconds: number }): boolean {
  const lastedMs = Date.parse(record.expiresAt) - Date.parse(record.issuedAt);
  const whose = ({ subject, role, namespaces, key }: Whose) => JSON.stringify([subject, role, namespaces, key]);
  return record.revokedAt === null && lastedMs === lastsSeconds * 1000 && whose(record) === whose(wanted);
}
