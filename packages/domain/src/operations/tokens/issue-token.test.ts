import { describe, expect, it } from 'vitest';
import { applyChanges } from '../../apply-changes.ts';
import { aNamespace } from '../../spec/samples.ts';
import { noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { after, DAY_MS } from '../../time.ts';
import { type IssueToken, issueToken, revokeToken } from './issue-token.ts';

const WISH: IssueToken = {
  ...{ id: 't1', subject: 'ci', role: 'Developer', key: 'SHA256:k', by: 'ann' },
  ...{ expiresAt: after(noon, DAY_MS), now: noon },
};
const issued = (state: State, wish: Partial<IssueToken> = {}): State => {
  const decision = issueToken(state, { ...WISH, ...wish });
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
};

describe('issue-token', () => {
  it('notes who may call what until when, and nothing that one could call with', () => {
    const { tokens } = issued(world().state);

    expect(tokens.get('t1')).toEqual({
      ...{
        schemaVersion: 1,
        id: 't1',
        subject: 'ci',
        role: 'Developer',
        namespaces: [],
        key: 'SHA256:k',
        issuedBy: 'ann',
      },
      ...{ issuedAt: noon, expiresAt: after(noon, DAY_MS), revokedAt: null, revokedBy: null },
    });
  });

  it('refuses one that lasts too long or not at all, or is nobody’s', () => {
    const { state } = world();
    const codeOf = (wish: Partial<IssueToken>) => issueToken(state, { ...WISH, ...wish });

    expect(codeOf({ expiresAt: after(noon, 91 * DAY_MS) })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ expiresAt: noon })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ expiresAt: 'soon' })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ subject: ' ' })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ subject: 'ci\nBy: root' })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ subject: 'ci\u202e' })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(codeOf({ subject: 'Zoë, build bot' })).toMatchObject({ ok: true });
    expect(codeOf({ role: 'Root' as 'Admin' })).toMatchObject({ ok: false, code: 'INVALID_DATA' });
    expect(issueToken(issued(state), WISH)).toMatchObject({ ok: false, code: 'DUPLICATE_ID' });
  });

  it('is for namespaces that there are', () => {
    const state = world().yard({ namespaces: { 'team-a': aNamespace({}) } }).state;

    expect(issued(state, { namespaces: ['team-a'] }).tokens.get('t1')).toMatchObject({ namespaces: ['team-a'] });
    expect(issueToken(state, { ...WISH, namespaces: ['team-b'] })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('forgets those that ended a month ago', () => {
    const then = issued(world().state);

    const later = after(noon, 40 * DAY_MS);
    const { tokens } = issued(then, { id: 't2', now: later, expiresAt: after(later, DAY_MS) });

    expect([...tokens].map(({ id }) => id)).toEqual(['t2']);
  });
});

describe('revoke-token', () => {
  it('says who took it back and when, once', () => {
    const state = issued(world().state);

    const decision = revokeToken(state, { id: 't1', by: 'bob', now: noon });

    expect(decision).toMatchObject({ ok: true, result: { revokedAt: noon, revokedBy: 'bob' } });
    if (!decision.ok) return;
    const again = revokeToken(applyChanges(state, decision.changes), { id: 't1', by: 'eve', now: after(noon, 9) });
    expect(again).toMatchObject({ ok: true, changes: [], result: { revokedBy: 'bob' } });
    expect(revokeToken(state, { id: 'none', by: 'bob', now: noon })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });
});
