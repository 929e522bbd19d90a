import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import {
  type AgentRow,
  allStages,
  byStanding,
  healthNow,
  isStuck,
  type JobRow,
  jobRevision,
  jobTitle,
} from './rows.ts';
import { sampleYard } from './testing/sample-yard.ts';

const noon = '2026-03-01T12:00:00.000Z';
const yard = sampleYard(noon);
const [agent] = yard.agents as [AgentRow];
const job = (id: string) => yard.jobs.find((row) => row.id === id) as JobRow;

describe('rows', () => {
  it('lets an agent grow late, then silent, while nothing new is heard', () => {
    const beat = { ...agent, lastBeatAt: noon, nextBeatBy: after(noon, 60_000) };

    expect(healthNow(beat, after(noon, 80_000), yard.health)).toBe('fresh');
    expect(healthNow(beat, after(noon, 100_000), yard.health)).toBe('late');
    expect(healthNow(beat, after(noon, 303_000), yard.health)).toBe('silent');
  });

  it('judges an agent by its own promise', () => {
    const hourly = { ...agent, lastBeatAt: noon, nextBeatBy: after(noon, 3_600_000) };

    expect(healthNow(hourly, after(noon, 3_600_000), yard.health)).toBe('fresh');
  });

  it('never takes an agent for better than the snapshot says, nor the unheard for silent', () => {
    const beat = { lastBeatAt: noon, nextBeatBy: after(noon, 60_000) };

    expect(healthNow({ ...agent, ...beat, health: 'late' }, noon, yard.health)).toBe('late');
    expect(healthNow({ ...agent, lastBeatAt: null, nextBeatBy: null, health: 'unknown' }, noon, yard.health)).toBe(
      'unknown',
    );
  });

  it('puts the worst server first', () => {
    expect(byStanding(yard, noon).map((row) => row.agent.id)).toEqual([
      'build4',
      'mac-mini',
      'newcomer',
      'build1',
      'build2',
      'build3',
    ]);
  });

  it('always shows the six stages, and those of the job’s own after them', () => {
    const stages = [{ ...(job('01kar9x2runcloud').stages[0] as JobRow['stages'][number]), name: 'Deploy' }];

    expect(allStages(job('01kar9zzclaimed')).map((stage) => stage.status)).toEqual(Array(6).fill('Pending'));
    expect(allStages({ ...job('01kar9zzclaimed'), stages }).map((stage) => stage.name)).toHaveLength(7);
  });

  it('names a job by its repository, or by its command', () => {
    expect([jobTitle(job('01kar9y7runvnf')), jobRevision(job('01kar9y7runvnf'))]).toEqual([
      'vnf-broker',
      'release/4.21 @ d8e22ab',
    ]);
    expect(jobRevision({ ...job('01kar9y7runvnf'), projects: 'packages/core' })).toBe(
      'release/4.21 @ d8e22ab packages/core',
    );
    expect([jobTitle(job('01kara03queued')), jobRevision(job('01kara03queued'))]).toEqual(['make -C docs site', '']);
  });

  it('calls a job stuck when one reason will not pass by itself', () => {
    expect([isStuck(job('01kar8qz0stuckarm')), isStuck(job('01kara02queued'))]).toEqual([true, false]);
  });
});
