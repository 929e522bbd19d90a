import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { machineMeter } from './machine.ts';

it('machine — tells how busy this machine is, from the second look on', async () => {
  const measure = machineMeter(tmpdir());

  const [first, second] = [await measure(), await measure()];

  expect(first.cpuPercent).toBeNull();
  for (const share of [second.memoryPercent, second.diskPercent]) {
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThanOrEqual(100);
  }
  expect(second.diskFreeGB).toBeGreaterThan(0);
});

it('machine — sees a core at work', async () => {
  const measure = machineMeter(tmpdir());
  await measure();
  const sinceMs = performance.now();
  while (performance.now() - sinceMs < 50);

  const { cpuPercent } = await measure();

  expect(cpuPercent).toBeGreaterThan(0);
});
