import { describe, expect, it } from 'vitest';
import { detectCapabilities } from './detect-capabilities.ts';

describe('detect-capabilities', () => {
  it('measures the machine and asks its tools', async () => {
    const { os, arch, cores, memoryGB, diskGB, tools } = await detectCapabilities();

    expect({ os, arch }).toEqual({ os: process.platform, arch: process.arch });
    expect(Math.min(cores, memoryGB, diskGB)).toBeGreaterThan(0);
    expect(tools.node).toBe(process.versions.node);
    expect(tools.git).toMatch(/^\d+\.\d+/);
  });

  it('lists every .NET SDK that stands beside the others', async () => {
    const { tools, sdks } = await detectCapabilities();

    expect(sdks?.dotnet ?? []).toEqual(tools.dotnet ? expect.arrayContaining([tools.dotnet]) : []);
  });

  it('does not list what is not there', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      const { tools, sdks } = await detectCapabilities();
      expect({ tools, sdks }).toEqual({ tools: {}, sdks: undefined });
    } finally {
      process.env.PATH = path;
    }
  });
});
