import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../entities/agent.ts';
import { aJob } from '../spec/samples.ts';
import { noon } from '../spec/world.ts';
import { meets, requirementsOf } from './capability.ts';

const capabilities: Capabilities = {
  os: 'linux',
  arch: 'x64',
  cores: 8,
  memoryGB: 15.6,
  diskGB: 200,
  sdks: { dotnet: ['8.0.404', '10.0.401'], java: ['17.0.15'] },
  tools: { dotnet: '10.0.401', node: '20.20.2', npm: '11.19.1', mvn: '3.9.0-rc1' },
};

describe('capability', () => {
  it.each([
    ['dotnet', true],
    ['DotNet', true],
    ['swift', false],
    ['dotnet>=8', true],
    ['dotnet >= 8', true],
    ['dotnet>=10.0.401', true],
    ['dotnet>=10.0.402', false],
    ['dotnet>=10.1', false],
    ['dotnet<9', true],
    ['dotnet=8', true],
    ['dotnet=9', false],
    ['dotnet=10', true],
    ['dotnet<8', false],
    ['java>=17', true],
    ['java>=18', false],
    ['dotnet>9.9', true],
    ['dotnet<=10', true],
    ['dotnet>10', false],
    ['node=20', true],
    ['node=20.20.2', true],
    ['node=20.2', false],
    ['node=2', false],
    ['mvn=3.9.0-rc1', true],
    ['mvn=3.9.0-rc2', false],
    ['swift<99', false],
    ['cores>=8', true],
    ['cores>=9', false],
    ['memory>=15', true],
    ['memory>=16', false],
    ['memory>=15.59', true],
    ['memory>=15.61', false],
    ['memory>15', true],
    ['memory>=much', false],
    ['disk>=100', true],
    ['os=linux', true],
    ['os=Linux', true],
    ['os=windows', false],
    ['arch=x64', true],
    ['arch=arm64', false],
    ['', false],
    ['>=8', false],
    ['dotnet ~ 8', false],
    ['dotnet>=', false],
    ['constructor', false],
    ['constructor>=1', false],
    ['__proto__', false],
  ])('%s: %s', (requirement, expected) => {
    expect(meets(capabilities, requirement)).toBe(expected);
  });

  it('asks for the tool of the toolchain too', () => {
    const job = aJob('b1', noon, { requires: ['cores>=4'], toolchain: 'maven' });

    expect(requirementsOf(job)).toEqual(['cores>=4', 'mvn']);
    expect(requirementsOf({ ...job, toolchain: 'shell' })).toEqual(['cores>=4']);
    expect(requirementsOf({ ...job, toolchain: null })).toEqual(['cores>=4']);
  });
});
