/** The fleet as the doctor judges it, from states that are made up: rules are those of the domain and of the monitor. */
import { hostname } from 'node:os';
import { minutesAfterNoon, noon, type World, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { checkAgents, checkDuplicate, checkNotices, checkPage, monitored } from './fleet.ts';
import { CHECKS } from './list.ts';

const agent = { id: 'mac', source: 'host name' };
const contextOf = ({ state }: World, more: { now?: string; model?: unknown } = {}): Context =>
  ({
    look: async () => state,
    now: () => more.now ?? noon,
    identity: async () => agent,
    yard: async () => ({ live: { model: () => more.model } }),
  }) as unknown as Context;
const calm = world().agent('mac').beat('mac');
const late = { now: minutesAfterNoon(60) };
const like = (pattern: RegExp) => expect.stringMatching(pattern);
const check = (name: string) => CHECKS.find((it) => it.name === name)?.run ?? monitored([], 'nothing');
const signal = new AbortController().signal;

describe('the doctor and the fleet', () => {
  it('finds no fault with one that is well', async () => {
    for (const name of ['agents', 'troubles', 'strain', 'queue', 'locks', 'upkeep'])
      expect(await check(name)(contextOf(calm), signal)).toMatchObject({ verdict: 'ok' });
  });

  it('tells of the silent', async () => {
    expect(await checkAgents(contextOf(calm, late))).toMatchObject({ verdict: 'fail', text: 'silent: mac' });
  });

  it('tells of another machine that lives under our name, and not of this one', async () => {
    const own = world().agent('mac').beat('mac', { host: hostname() });

    expect(await checkDuplicate(contextOf(calm))).toMatchObject({
      verdict: 'warn',
      text: like(/lives on mac\.example/),
    });
    expect(await checkDuplicate(contextOf(own))).toMatchObject({ verdict: 'ok' });
    expect(await checkDuplicate(contextOf(calm, late))).toMatchObject({ verdict: 'ok' });
  });

  it('tells of a job that asks for what no agent has', async () => {
    const stuck = calm.job('b1', { requires: ['dotnet>=8'] });

    expect(await check('queue')(contextOf(stuck), signal)).toMatchObject({
      verdict: 'warn',
      text: like(/b1 is stuck.*dotnet/),
      remedy: like(/gityard job why b1/),
    });
  });

  it('tells of agents that cannot go on, machines at their end, tasks that fail and locks that were left', async () => {
    const line = { name: 'watch', doing: 'waits', since: noon, error: 'history was rewritten' };
    const blind = calm.beat('mac', { loops: [line] });
    const full = calm.beat('mac', {
      machine: {
        cpuPercent: 1,
        memoryPercent: 1,
        diskPercent: 99,
        diskFreeGB: 0,
        load1: 0,
        uptimeSeconds: 1,
        temperatureC: null,
      },
    });
    const failing = calm.beat('mac', {
      upkeep: [{ task: 'archive', at: noon, did: '', error: 'no room', nextAt: null }],
    });
    const left = calm.lock('deploy', {
      token: 1,
      holders: [{ holder: 'ann', token: 1, acquiredAt: noon, expiresAt: noon, note: null, seen: null } as never],
    });

    expect(await check('troubles')(contextOf(blind), signal)).toMatchObject({
      verdict: 'warn',
      text: like(/rewritten/),
    });
    expect(await check('strain')(contextOf(full), signal)).toMatchObject({ verdict: 'warn', text: like(/disk 99 %/) });
    expect(await check('upkeep')(contextOf(failing), signal)).toMatchObject({ verdict: 'warn', text: like(/no room/) });
    expect(await check('locks')(contextOf(left, late), signal)).toMatchObject({
      verdict: 'warn',
      text: like(/deploy of ann ran out/),
    });
  });

  it('tells of a rule that nobody can follow', async () => {
    const rule = { name: 'ops', channel: 'team-x', when: ['agent-silent'] } as never;
    const mute = world()
      .yard({ notifications: [rule] })
      .agent('mac')
      .beat('mac');

    expect(await checkNotices(contextOf(mute))).toMatchObject({
      verdict: 'warn',
      text: like(/no agent that is heard of/),
    });
    expect(await checkNotices(contextOf(mute.beat('mac', { channels: ['team-x'] })))).toMatchObject({ verdict: 'ok' });
    expect(await checkNotices(contextOf(calm))).toMatchObject({ verdict: 'skip' });
  });

  it('tells of a page that draws what is old, and of one that has nothing to draw', async () => {
    const fresh = contextOf(calm, { model: { at: noon, by: 'mac' } });
    const old = contextOf(calm.beat('mac', { at: minutesAfterNoon(60) }), { ...late, model: { at: noon, by: 'mac' } });

    expect(await checkPage(fresh)).toMatchObject({ verdict: 'ok' });
    expect(await checkPage(old)).toMatchObject({ verdict: 'warn', text: like(/1h ago by mac/) });
    expect(await checkPage(contextOf(calm))).toMatchObject({ verdict: 'warn', text: like(/nothing to draw/) });
    expect(await checkPage(contextOf(world()))).toMatchObject({ verdict: 'skip' });
  });
});
