import { describe, expect, it } from 'vitest';
import type { Role } from '../entities/token.ts';
import { theYard } from '../spec/samples.ts';
import { chatRole } from './chat-role.ts';
import { mayWish } from './role-for-wish.ts';

const { chatOps } = theYard();

describe('chat-role', () => {
  it('is nothing for whoever is not named and may not push', () => {
    expect(chatRole(chatOps, { login: 'ann', mayPush: false })).toBeNull();
    expect(chatRole({ ...chatOps, writers: null }, { login: 'ann', mayPush: true })).toBeNull();
  });

  it('is what yard.json names, also when it is less than others have', () => {
    const settings = { roles: { Ann: 'Developer' as const }, writers: 'Admin' as const };

    expect(chatRole(settings, { login: 'aNN', mayPush: true })).toBe('Developer');
    expect(chatRole(settings, { login: 'bob', mayPush: true })).toBe('Admin');
    expect(chatRole(settings, { login: 'constructor', mayPush: false })).toBeNull();
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
