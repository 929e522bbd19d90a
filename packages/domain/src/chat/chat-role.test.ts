import { describe, expect, it } from 'vitest';
import type { Role } from '../entities/token.ts';
import { aNamespace, theYard } from '../spec/samples.ts';
import { world } from '../spec/world.ts';
import { chatRole } from './chat-role.ts';
import { mayWish } from './role-for-wish.ts';

type ChatOps = ReturnType<typeof theYard>['chatOps'];
const yard = (chatOps: Partial<ChatOps> = {}, people: Readonly<Record<string, readonly string[]>> = {}) => ({
  chatOps: { ...theYard().chatOps, ...chatOps },
  people: Object.fromEntries(
    Object.entries(people).map(([name, roles]) => [name, { roles: [...roles], names: ['al'] }]),
  ),
  namespaces: { 'team-a': aNamespace({}), 'team-b': aNamespace({}) },
});
const reader = (login: string) => ({ login, mayPush: false });
const writer = (login: string) => ({ login, mayPush: true });
const job = (namespace: string | null) => world().job('b1', { namespace }).state.jobs.get('b1');

describe('chat-role', () => {
  it('is nothing for whoever is not named and may not push', () => {
    expect(chatRole(yard(), reader('ann'))).toBeNull();
    expect(chatRole(yard({ writers: null }), writer('ann'))).toBeNull();
  });

  it('is what yard.json names, also when it is less than others have', () => {
    const settings = yard({ roles: { Ann: 'Developer' }, writers: 'Admin' });

    expect(chatRole(settings, writer('aNN'))).toBe('Developer');
    expect(chatRole(settings, writer('bob'))).toBe('Admin');
    expect(chatRole(settings, reader('constructor'))).toBeNull();
  });

  it('is what people of the yard have, for jobs of a namespace there alone', () => {
    const settings = yard({ writers: 'Admin' }, { ann: ['BuildMaster@team-a', 'Developer@team-b'], bob: [] });

    expect(chatRole(settings, writer('Ann'))).toBe('BuildMaster');
    expect(['team-a', 'team-b', null].map((it) => chatRole(settings, writer('ann'), job(it)))).toEqual([
      'BuildMaster',
      'Developer',
      null,
    ]);
    expect(chatRole(settings, writer('bob'))).toBeNull();
    expect(chatRole(settings, reader('al'))).toBeNull();
  });

  it.each([
    ['Admin', ['Developer'], 'Developer'],
    ['Developer', ['Admin'], 'Developer'],
    ['Admin', [], null],
  ] as const)('is what both allow where comments have %s and the person %j', (forComments, roles, role) => {
    expect(chatRole(yard({ roles: { ann: forComments } }, { ann: roles }), writer('ann'), job(null))).toBe(role);
  });

  it('lets Developers ask for builds, and build masters steer them', () => {
    const may = (role: Role) =>
      (['retry', 'cancel', 'priority'] as const).map((op) => mayWish(role, { op, target: 'b1', args: {}, if: {} }));

    expect(may('Developer')).toEqual([true, false, false]);
    expect([may('BuildMaster'), may('Admin')]).toEqual([
      [true, true, true],
      [true, true, true],
    ]);
  });
});
