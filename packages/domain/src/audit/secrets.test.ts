import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { broken, operation } from '../spec/audited.ts';
import { noon, type World, world } from '../spec/world.ts';
import { auditStep } from './audit.ts';

const key = (sign: string) => `age1${sign.repeat(58)}`;
const secret = (body: string) => ({
  schemaVersion: 1,
  name: 'NUGET_KEY',
  sealed: body,
  recipients: [],
  setAt: noon,
  setBy: 'ann',
});
const withSecret = ({ state }: Pick<World, 'state'>, body: string) =>
  applyChanges(state, [{ kind: 'secret', id: 'nuget_key', value: secret(body) }]);
const changed = [{ kind: 'secret', id: 'nuget_key' }] as const;
const rulesIn = (...step: Parameters<typeof auditStep>) => auditStep(...step).map(({ rule }) => rule);

describe('the audit of secrets', () => {
  it('finds one that was put, swapped or taken away by hand', () => {
    const [none, one, other] = [world().state, withSecret(world(), 'one'), withSecret(world(), 'other')];

    expect(rulesIn(none, one, [], changed)).toEqual(['secret-set']);
    expect(rulesIn(one, other, [operation('submit')], changed)).toEqual(['secret-set']);
    expect(rulesIn(one, none, [], changed)).toEqual(['secret-set']);
    expect(rulesIn(none, one, [operation('set-secret', { job: null })], changed)).toEqual([]);
    expect(rulesIn(one, none, [operation('remove-secret', { job: null })], changed)).toEqual([]);
  });

  it('finds a key of an agent that was swapped by hand', () => {
    const [before, after] = ['q', 'z'].map((sign) => world().agent('mac', { ageRecipient: key(sign) }));

    expect(broken(before ?? world(), after ?? world(), [])).toEqual(['secret-readers']);
    expect(broken(before ?? world(), after ?? world(), [operation('register', { job: null })])).toEqual([]);
  });
});
