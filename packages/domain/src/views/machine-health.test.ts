import { describe, expect, it } from 'vitest';
import { anAttempt } from '../spec/samples.ts';
import { noon, world } from '../spec/world.ts';
import { after } from '../time.ts';
import { machineHealth, strainLevel } from './machine-health.ts';
import { needsYou } from './needs-you.ts';

const calm = { load1: null, uptimeSeconds: 1, diskFreeGB: 100, temperatureC: null };
const figures = (cpuPercent: number | null, memoryPercent = 10, diskPercent = 10) => ({
  ...calm,
  cpuPercent,
  memoryPercent,
  diskPercent,
});
const beat = (machine: ReturnType<typeof figures>, before = machine) => ({ machine, before });
const { yard } = world().state;

describe('machine-health', () => {
  it.each([
    [figures(79, 84, 80), 'ok', []],
    [figures(80), 'warning', ['processor 80 % in use']],
    [figures(95), 'critical', ['processor 95 % in use']],
    [figures(10, 85), 'warning', ['memory 85 % in use']],
    [figures(10, 95), 'critical', ['memory 95 % in use']],
    [figures(10, 10, 81), 'warning', ['disk 81 % in use']],
    [figures(10, 10, 90), 'warning', ['disk 90 % in use']],
    [figures(10, 10, 91), 'critical', ['disk 91 % in use']],
    [figures(99, 86, 20), 'critical', ['processor 99 % in use', 'memory 86 % in use']],
    [figures(null), 'ok', []],
  ])('judges %j as %s', (machine, level, texts) => {
    const strains = machineHealth(beat(machine), yard);

    expect(strains.map((it) => it.text)).toEqual(texts);
    expect(strainLevel(strains)).toBe(level);
  });

  it('takes one spike for no strain, and two beats of different weight for the lighter one', () => {
    expect(machineHealth({ machine: figures(99), before: null }, yard)).toEqual([]);
    expect(machineHealth(beat(figures(99), figures(10)), yard)).toEqual([]);
    expect(machineHealth(beat(figures(99), figures(85)), yard)).toMatchObject([{ level: 'warning' }]);
  });

  it('goes by the thresholds of the yard', () => {
    const thresholds = { ...yard.health.thresholds, cpu: { warning: 20, critical: 30 } };

    expect(machineHealth(beat(figures(25)), { health: { ...yard.health, thresholds } })).toMatchObject([
      { of: 'cpu', level: 'warning' },
    ]);
  });

  it('calls a person for a full disk, and for a busy processor only where nothing is built, nor was while that was measured', () => {
    const scene = (machine: ReturnType<typeof figures>) => world().agent('mac').beat('mac', beat(machine));
    const codes = ({ state }: ReturnType<typeof world>) => needsYou(state, noon).map((it) => it.code);

    expect(codes(scene(figures(10, 10, 95)))).toEqual(['disk-critical']);
    expect(codes(scene(figures(100)))).toEqual(['cpu-critical']);
    expect(codes(scene(figures(100)).job('j', { status: 'running' }))).toEqual([]);
    const beside = scene(figures(100))
      .agent('pc', { host: 'mac.example' })
      .job('j', { status: 'running', agent: 'pc' });
    expect(codes(beside)).toEqual([]);
    const built = (endedAt: string) =>
      scene(figures(100)).job('j', {
        status: 'succeeded',
        attempts: [anAttempt({ agent: 'mac', token: 1, startedAt: noon, endedAt })],
      });
    expect(codes(built(after(noon, -119_000)))).toEqual([]);
    expect(codes(built(after(noon, -120_000)))).toEqual(['cpu-critical']);
    const short = { ...figures(100), load1: 0.5 };
    const cores = { os: 'linux', arch: 'x64', cores: 4, memoryGB: 8, diskGB: 10, tools: {} };
    expect(codes(world().agent('mac', { capabilities: cores }).beat('mac', { machine: short, before: short }))).toEqual(
      [],
    );
    expect(codes(scene(figures(100, 10, 95)).agent('mac', { mode: 'maintenance' }))).toEqual([]);
  });
});
