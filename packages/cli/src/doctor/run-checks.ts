/** Runs checks one after another. One that fails by itself is a finding too; those that need the yard wait for it. */
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import { type Check, type Finding, wrong } from './check.ts';

export async function runChecks(context: Context, checks: readonly Check[]): Promise<({ name: string } & Finding)[]> {
  const found: ({ name: string } & Finding)[] = [];
  let reachable = true;
  for (const { name, asks, run } of checks) {
    if (asks === 'yard' && !reachable) continue;
    const finding = await run(context).catch(failed);
    found.push({ name, ...finding });
    if (name === 'yard') reachable = finding.ok;
  }
  return found;
}

function failed(error: unknown): Finding {
  const { code, message, hint } = failureOf(error);
  return wrong(`${message} [${code}]`, hint);
}
