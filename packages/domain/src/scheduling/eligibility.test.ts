import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { aJob, anAgent } from '../spec/samples.ts';
import { noon } from '../spec/world.ts';
import { canRun, misfits } from './eligibility.ts';
import { isListed } from './permission.ts';

const agent = (fields: Partial<Agent> = {}) => anAgent('mac', noon, { pool: 'MacOS', ...fields });
const job = (fields: Partial<Job>) => aJob('b1', noon, fields);

describe('eligibility', () => {
  it.each([
    ['no labels', [], true],
    ['one of its labels', ['build'], true],
    ['all of its labels', ['npm', 'build'], true],
    ['a label beyond its own', ['build', 'dotnet'], false],
    ['its pool', ['macos'], true],
    ['its own name', ['mac', 'Build'], true],
  ])('a worker for build and npm, asked for %s: %s', (_, labels, expected) => {
    expect(canRun(agent({ labels: ['build', 'npm'] }), job({ labels }))).toBe(expected);
  });

  it('asks for every requirement, and for every label too', () => {
    const able = agent({
      labels: ['gpu'],
      capabilities: { ...agent().capabilities, cores: 8, tools: { dotnet: '8.0' } },
    });

    expect(misfits(able, job({ labels: ['gpu'], requires: ['cores>=8', 'dotnet>=8'] }))).toEqual([]);
    expect(misfits(able, job({ labels: ['gpu', 'tpu'], requires: ['cores>=9', 'dotnet>=10'] }))).toEqual([
      'lacks label tpu',
      'lacks cores>=9',
      'lacks dotnet>=10',
    ]);
  });

  it('leaves a job to the agent that it is assigned to, if that one is able', () => {
    expect(canRun(agent(), job({ assignedTo: 'mac' }))).toBe(true);
    expect(misfits(agent(), job({ assignedTo: 'mac', labels: ['gpu'] }))).toEqual(['lacks label gpu']);
    expect(misfits(agent(), job({ assignedTo: 'pc' }))).toEqual(['is not the assigned pc']);
  });

  it('obeys the policy of the agent', () => {
    const strict = agent({ allows: { repositories: ['https://example/acme/*'], commands: false } });

    expect(misfits(strict, job({ command: null, repository: 'https://example/acme/app' }))).toEqual([]);
    expect(misfits(strict, job({ repository: 'https://example/other' }))).toEqual([
      'does not allow https://example/other',
      'does not allow commands',
    ]);
  });

  it('obeys what else the agent has published of its policy, and takes what it left out for allowed', () => {
    const allows = { repositories: ['*'], commands: false, programs: ['make'], refs: ['main', 'release/*'] };
    const rule = { name: 'TOKEN', repositories: ['/srv/app'], refs: ['main'] };
    const strict = agent({ allows: { ...allows, toolchains: ['npm'], secrets: [rule] } });
    const fields = { repository: '/srv/app', command: null, branch: 'main', secrets: ['TOKEN'] };

    expect(misfits(strict, job(fields))).toEqual([]);
    expect(misfits(strict, job({ ...fields, branch: null }))).toEqual([]);
    expect(misfits(strict, job({ ...fields, branch: 'release/1', toolchain: 'shell' }))).toEqual([
      'does not allow toolchain shell',
      'does not allow secret TOKEN',
    ]);
    expect(misfits(strict, job({ ...fields, branch: 'feature', secrets: [] }))).toEqual([
      'does not allow branch feature',
    ]);
    expect(misfits(strict, job({ command: ['make', 'all'] }))).toEqual([]);
    expect(misfits(strict, job({ command: ['sh'] }))).toEqual(['does not allow command sh']);
    expect(misfits(agent(), job({ ...fields, secrets: [], branch: 'feature', toolchain: 'shell' }))).toEqual([]);
  });

  it('asks for a signature where the agent does, by a key that it has published', () => {
    const allows = { repositories: ['*'], commands: true };
    const knows = agent({ allows: { ...allows, signers: ['SHA256:ada'] } });
    const wants = agent({ allows: { ...allows, signatures: 'required' } });
    const signed = (key: string) => job({ signature: { payload: '{}', signature: 'armoured', key } });

    expect(misfits(knows, job({}))).toEqual([]);
    expect(misfits(knows, signed('SHA256:ada'))).toEqual([]);
    expect(misfits(knows, signed('SHA256:eve'))).toEqual(['wants a signature by a key it knows']);
    expect(misfits(wants, job({}))).toEqual(['wants a signed job']);
    expect(misfits(wants, signed('SHA256:ada'))).toEqual(['wants a signature by a key it knows']);
    expect(misfits(wants, job({ parent: 'b0' }))).toEqual([]);
  });

  it('lets only a star at the end stand for more', () => {
    expect(isListed(['https://example/a'], 'https://example/a')).toBe(true);
    expect(isListed(['https://example/a'], 'https://example/ab')).toBe(false);
    expect(isListed(['https://*/a'], 'https://example/a')).toBe(false);
    expect(isListed(['*'], 'anything')).toBe(true);
    expect(isListed([], 'anything')).toBe(false);
  });
});
