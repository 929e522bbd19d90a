import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { removeSecret, setSecret } from './set-secret.ts';

const key = `age1${'q'.repeat(58)}`;
const sealedAs = (body: string) => `-----BEGIN AGE ENCRYPTED FILE-----\n${body}\n-----END AGE ENCRYPTED FILE-----\n`;
const { state } = world().agent('build1', { ageRecipient: key }).agent('build2');
const sealing = {
  name: 'NUGET_KEY',
  sealed: sealedAs('YWdl'),
  recipients: [{ agent: 'build1', key }],
  by: 'ann',
  now: noon,
};

describe('set-secret', () => {
  it('keeps what was sealed, with who can open it and who set it', () => {
    const after = stateAfter(state, setSecret(state, sealing));

    expect(after.secrets.get('nuget_key')).toMatchObject({
      name: 'NUGET_KEY',
      recipients: [{ agent: 'build1', key }],
      setAt: noon,
      setBy: 'ann',
    });
  });

  it('changes nothing when the same is told again, and puts another in its place', () => {
    const after = stateAfter(state, setSecret(state, sealing));

    expect(setSecret(after, { ...sealing, now: '2026-03-03T12:00:00.000Z' })).toMatchObject(nothingToCommit);
    expect(setSecret(after, { ...sealing, sealed: sealedAs('b3RoZXI=') })).toMatchObject({
      summary: 'change secret NUGET_KEY',
    });
  });

  it.each([
    ['INVALID_DATA', { name: 'nuget-key' }],
    ['INVALID_DATA', { name: '_KEY' }],
    ['INVALID_DATA', { sealed: 'hunter2' }],
    ['INVALID_DATA', { sealed: sealedAs('a'.repeat(100_001)) }],
    ['INVALID_DATA', { recipients: [] }],
    ['INVALID_DATA', { recipients: [{ agent: null, key: 'ssh-ed25519 AAAA' }] }],
    ['UNKNOWN_AGENT', { recipients: [{ agent: 'build9', key }] }],
    ['CONFLICT', { recipients: [{ agent: 'build2', key }] }],
    ['CONFLICT', { recipients: [{ agent: 'build1', key: `age1${'z'.repeat(58)}` }] }],
  ] as const)('refuses as %s %o', (code, fields) => {
    expect(setSecret(state, { ...sealing, ...fields })).toMatchObject(refusal(code));
  });
});

describe('remove-secret', () => {
  it('takes it away, and refuses where there is none', () => {
    const after = stateAfter(state, setSecret(state, sealing));

    expect(resultOf(removeSecret(after, { name: 'NUGET_KEY', now: noon })).name).toBe('NUGET_KEY');
    expect(stateAfter(after, removeSecret(after, { name: 'NUGET_KEY', now: noon })).secrets.size).toBe(0);
    expect(removeSecret(state, { name: 'NUGET_KEY', now: noon })).toMatchObject(refusal('NOT_FOUND'));
  });
});
