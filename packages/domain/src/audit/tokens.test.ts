import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import type { TokenRecord } from '../entities/token.ts';
import { operation } from '../spec/audited.ts';
import { noon, world } from '../spec/world.ts';
import { after, DAY_MS } from '../time.ts';
import { auditStep } from './audit.ts';

const TOKEN: TokenRecord = {
  ...{ schemaVersion: 1, id: 't1', subject: 'ci', role: 'Developer', namespaces: [], key: 'SHA256:k' },
  ...{ issuedAt: noon, issuedBy: 'ann', expiresAt: after(noon, DAY_MS), revokedAt: null, revokedBy: null },
};
const REVOKED: TokenRecord = { ...TOKEN, revokedAt: noon, revokedBy: 'ann' };
const stateWith = (value: TokenRecord | null) => applyChanges(world().state, [{ kind: 'token', id: 't1', value }]);
const rulesIn = (before: TokenRecord | null, after: TokenRecord | null, name?: string) =>
  auditStep(stateWith(before), stateWith(after), name === undefined ? [] : [operation(name, { job: null })], [
    { kind: 'token', id: 't1' },
  ]).map(({ rule }) => rule);

describe('the audit of tokens', () => {
  it('finds one that was put, made good again, given a longer reach or taken away by hand', () => {
    expect(rulesIn(null, TOKEN)).toEqual(['token-issued']);
    expect(rulesIn(TOKEN, null)).toEqual(['token-issued']);
    expect(rulesIn(TOKEN, REVOKED)).toEqual(['token-issued']);
    expect(rulesIn(REVOKED, TOKEN, 'revoke-token')).toEqual(['token-issued']);
    expect(rulesIn(TOKEN, { ...TOKEN, role: 'Admin' }, 'issue-token')).toEqual(['token-issued']);
  });

  it('lets pass what operations do', () => {
    expect(rulesIn(null, TOKEN, 'issue-token')).toEqual([]);
    expect(rulesIn(TOKEN, REVOKED, 'revoke-token')).toEqual([]);
    expect(rulesIn(TOKEN, null, 'issue-token')).toEqual([]);
  });
});
