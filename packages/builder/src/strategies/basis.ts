/** What everything in a checkout is made with, beside its files: the tools, the parameters of the job, the kind of machine. */
import { arch, platform } from 'node:os';
import type { Site } from './strategy.ts';

/** Rises when what a strategy made of the same inputs before is not to be trusted any more. */
const VERSION = '1';
/** They say how a build goes about it, and nothing of what it makes. */
const NOT_INPUTS = new Set([
  ...['forceClean', 'forceRestore', 'agents', 'parts', 'runTests', 'jobs'],
  ...['projectName', 'requesterEmail', 'jobId', 'publishArtifacts'],
]);
const isInput = (name: string): boolean => !NOT_INPUTS.has(name) && !name.startsWith('metadata.');

export async function basisOf({ job, ground, rules }: Site): Promise<Readonly<Record<string, string>>> {
  const tools = (await rules.inputs?.(ground)) ?? {};
  const given = Object.entries(job.parameters).filter(([name]) => isInput(name));
  return {
    ...Object.fromEntries(Object.entries(tools).map(([name, value]) => [`tool ${name}`, value])),
    ...Object.fromEntries(given.map(([name, value]) => [`parameter ${name}`, value])),
    toolchain: rules.name,
    platform: `${platform()} ${arch()}`,
    strategy: VERSION,
  };
}

/** Names of inputs that are not the same, sorted. */
export function differing(
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}
