import { world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { Lease } from './lease.ts';

const { state } = world()
  .yard({ lease: { seconds: 600 } })
  .agent('mac')
  .job('b1', { status: 'running', token: 3 })
  .beat('mac');
const beat = state.heartbeats.get('mac');
const NOW_MS = 1_000_000;
const leaseNow = () => new Lease(() => NOW_MS);
const nsAgo = (ms: number) => BigInt(NOW_MS - ms) * 1_000_000n;
const renewNow = (lease: Lease) => lease.memory.renewed(nsAgo(0));

describe('lease', () => {
  it('gives a new job two thirds of the lease before its first renewal', () => {
    expect(leaseNow().remainingMs({ sinceMs: NOW_MS, config: state.yard })).toBe(400_000);
  });

  it('is over when nothing was acknowledged for so long', () => {
    const lease = leaseNow();
    const sinceMs = NOW_MS - 400_001;
    expect(lease.remainingMs({ sinceMs, config: state.yard })).toBe(-1);

    renewNow(lease);

    expect(lease.remainingMs({ sinceMs, config: state.yard })).toBe(400_000);
  });

  it('lasts three promised intervals where that is longer', () => {
    const lease = new Lease();
    if (beat) lease.acknowledged({ ...beat, nextBeatBy: '2026-03-02T12:10:00.000Z' });

    expect(lease.lengthMs(state.yard)).toBe(30 * 60_000);
  });

  it('lets a claim be made only while renewals come through', () => {
    const lease = leaseNow();
    expect(lease.isRenewed(state.yard)).toBe(false);

    if (beat) lease.acknowledged(beat);
    renewNow(lease);
    expect(lease.isRenewed(state.yard)).toBe(true);

    const old = leaseNow();
    if (beat) old.rode(beat, nsAgo(401_000));
    expect(old.isRenewed(state.yard)).toBe(false);
  });

  it('rests a lease after a claim that could not be proven, then twice as long, until a beat proves one', () => {
    let nowMs = 1_000_000;
    const lease = new Lease(() => nowMs);
    const restMs = () => {
      lease.couldNotProve(state.yard);
      const sinceMs = nowMs;
      while (lease.isResting()) nowMs += 1_000;
      return nowMs - sinceMs;
    };
    expect(lease.isResting()).toBe(false);

    expect([restMs(), restMs(), restMs(), restMs()]).toEqual([600_000, 1_200_000, 2_400_000, 3_600_000]);
    if (beat) lease.acknowledged(beat);
    expect(restMs()).toBe(600_000);
  });

  it('is proven by a beat that names the job under this very token', () => {
    const lease = new Lease();
    expect(lease.isProven({ id: 'b1', token: 3 })).toBe(false);

    if (beat) lease.acknowledged(beat);

    expect(lease.isProven({ id: 'b1', token: 3 })).toBe(true);
    expect(lease.isProven({ id: 'b1', token: 4 })).toBe(false);
  });
});
