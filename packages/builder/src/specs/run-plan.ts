/** Runs the commands of a plan as they are, without the rest of a build, and hands back what each stage printed. */
import { runProcess } from '../process/run-process.ts';
import type { Ground, Plan } from '../toolchains/toolchain.ts';

export async function runPlan({ source }: Ground, { steps, environment }: Plan): Promise<Record<string, string>> {
  const printed: Record<string, string> = {};
  for (const [stage, all] of Object.entries(steps))
    for (const { argv } of all) {
      let output = '';
      const end = await runProcess({
        argv,
        folder: source,
        environment: { ...(process.env as Record<string, string>), CI: 'true', GITYARD_SPEC: source, ...environment },
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
