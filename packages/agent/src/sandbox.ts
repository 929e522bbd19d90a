/**
 * What keeps builds of this agent apart from its machine, as its owner wishes it: the strongest that works here, or the one
 * that he names, or nothing where he allows that. Found out once for the life of the program (builder/src/sandbox/ladder.ts).
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Limits, SandboxChoice } from '@gityard/builder';
import type { Capabilities } from '@gityard/domain';
import { folderOnBuildDisk } from './home/build-folder.ts';
import type { Policy } from './policy.ts';

type Wishes = Pick<Policy, 'unsandboxed' | 'sandbox' | 'image'>;

export async function sandboxFor({ unsandboxed, sandbox, image }: Wishes): Promise<SandboxChoice> {
  const { chooseSandbox } = await import('@gityard/builder');
  return chooseSandbox({ sandbox: sandbox ?? undefined, image: image ?? undefined, unsandboxed });
}

/** With the sandbox among the tools, so that a job can require one. */
export async function machineCapabilities(policy: Wishes, home: string): Promise<Capabilities> {
  const { detectCapabilities } = await import('@gityard/builder');
  const [capabilities, choice] = await Promise.all([
    detectCapabilities(await folderOnBuildDisk(home)),
    sandboxFor(policy),
  ]);
  if (!choice.ok || choice.sandbox.name === 'none') return capabilities;
  return { ...capabilities, tools: { ...capabilities.tools, sandbox: choice.sandbox.name } };
}

const GIGABYTE = 1e9;

export function limitsOf({ limits }: Pick<Policy, 'limits'>): Limits {
  const { cores, memoryGB, diskGB, processes } = limits;
  return {
    cores,
    processes: Math.floor(processes),
    memoryBytes: Math.floor(memoryGB * GIGABYTE),
    diskBytes: Math.floor(diskGB * GIGABYTE),
  };
}

/** With what counts where its owner says nothing. */
export async function limitsInForce(policy: Pick<Policy, 'limits'>, home: string): Promise<Limits> {
  const { effectiveLimits } = await import('@gityard/builder');
  let folder = await folderOnBuildDisk(home);
  // Nothing need have run here yet: the disk is that of what is there already.
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return effectiveLimits(limitsOf(policy), folder);
}

/** Whichever is shorter; 0 minutes are no limit. */
export function secondsAtMost(seconds: number, { limits }: Pick<Policy, 'limits'>): number {
  return limits.minutes > 0 ? Math.min(seconds, limits.minutes * 60) : seconds;
}
