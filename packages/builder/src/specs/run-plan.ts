/** Runs the commands of a plan as they are, without the rest of a build, and hands back what each stage printed. */
import { runProcess } from '../process/run-process.ts';
import type { Ground, Plan } from '../toolchains/toolchain.ts';

const ENVIRONMENT: Record<string, string> = {
  ...(process.env as Record<string, string>),
  CI: 'true',
  // Each command is over before what its Java compiles thoroughly would pay.
  MAVEN_OPTS: '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC',
};

export async function runPlan({ source }: Ground, { steps, environment }: Plan): Promise<Record<string, string>> {
  const printed: Record<string, string> = {};
  for (const [stage, all] of Object.entries(steps))
    for (const { argv } of all) {
      let output = '';
      const end = await runProcess({
        argv,
        folder: source,
        environment: { ...ENVIRONMENT, GITYARD_SPEC: source, ...environment },
        marker: `GITYARD_SPEC=${source}`,
        stop: new AbortController().signal,
        graceMs: 1_000,
        onOutput: (chunk) => {
          output += chunk.toString('utf8');
        },
      });
      if (end.exitCode !== 0)
        throw new Error(`${argv.join(' ')} failed: ${end.failure?.message ?? output.slice(-4_000)}`);
      printed[stage] = `${printed[stage] ?? ''}${output}`;
    }
  return printed;
}
