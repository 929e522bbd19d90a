import { expect, it } from 'vitest';
import { machineMeter } from './machine.ts';

/** On a disk that is in use: of a new one in memory hardly anything may be. */
const HERE = import.meta.dirname;

it('machine — tells how busy this machine is, from the second look on', async () => {
  const measure = machineMeter(HERE);

  const [first, second] = [await measure(), await measure()];

  expect(first.cpuPercent).toBeNull();
  for (const share of [second.memoryPercent, second.diskPercent]) {
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(100);
  }
  expect(second.diskFreeGB).toBeGreaterThan(0);
});

it('machine — sees a core at work', async () => {
  const measure = machineMeter(HERE);
  await measure();
  const before = process.cpuUsage();
  // Of its own time on a core: of a busy machine it may get little meanwhile.
  while (process.cpuUsage(before).user < 50_000);

  const { cpuPercent } = await measure();

  expect(cpuPercent).toBeGreaterThan(0);
});
