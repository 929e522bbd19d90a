/**
 * Which .NET SDK builds here, as the tool itself chooses it by `global.json`. One that is missing is the agent's lack and no
 * fault of the code, and is told before anything is restored: another agent may have it.
 */
import { BuildError } from '../../build-error.ts';
import type { Ground } from '../toolchain.ts';
import type { DotnetProject } from './read-solution.ts';

/** By the build that asks, through its own probe: a build plans more than once, and every start of the tool takes its time. */
const known = new WeakMap<Ground['probe'], Promise<string | null>>();

/** Null: it does not say; whatever is wrong will show when the build begins. */
export function sdkOf({ probe }: Pick<Ground, 'probe'>): Promise<string | null> {
  const asked = known.get(probe) ?? ask(probe);
  known.set(probe, asked);
  return asked;
}

async function ask(probe: Ground['probe']): Promise<string | null> {
  const first = await probe(['dotnet', '--version']);
  // Killed by the machine, which may have room for it the next moment; whatever else it says stays as it is.
  const wasKilled = first.exitCode === null && !first.isMissing;
  const { exitCode, output } = wasKilled ? await probe(['dotnet', '--version']) : first;
  if (exitCode === 0) return /^\d+\.\d+\.\d+\S*/m.exec(output)?.[0] ?? null;
  const wanted = /^Requested SDK version:\s*(\S+)/m.exec(output)?.[1];
  if (wanted === undefined) return null;
  const installed = [...output.matchAll(/^\s*(\d+\.\d+\.\d+\S*) \[/gm)].map(([, version]) => version);
  throw new BuildError(
    'infrastructure',
    `global.json asks for .NET SDK ${wanted}, and this agent has ${installed.join(', ') || 'none'}; install it, or let the job require dotnet=${wanted}`,
  );
}

/** A framework newer than the SDK would fail while packages are restored, in words that name neither. */
export function checkFrameworks(projects: readonly DotnetProject[], sdk: string | null): void {
  const major = Number(sdk?.split('.')[0]);
  if (!Number.isInteger(major)) return;
  for (const project of projects) {
    const newest = Math.max(0, ...frameworksOf(project).map((it) => Number(/^net(\d+)\.\d/i.exec(it)?.[1] ?? 0)));
    if (newest <= major) continue;
    throw new BuildError(
      'infrastructure',
      `${project.path} is made for .NET ${newest}, and the SDK of this agent is ${sdk}; install a newer one, or let the job require dotnet>=${newest}`,
    );
  }
}

function frameworksOf({ property }: DotnetProject): readonly string[] {
  const text = property('TargetFrameworks') ?? property('TargetFramework') ?? '';
  return text
    .split(';')
    .map((it) => it.trim())
    .filter((it) => it !== '');
}
