/**
 * Runs checks side by side, each within its time. One that fails by itself is a finding too; those that need the yard wait until
 * it was reached, and are left out where it was not. Answers in the order of the list.
 */
import type { Context } from '../context.ts';
import { failureOf } from '../failure-of.ts';
import { openOnce } from '../once.ts';
import { durationText } from '../text/words.ts';
import { type Check, type Finding, skipped, wrong } from './check.ts';
import { type RunbookHeading, runbookLink } from './runbook.ts';

export interface Checked extends Finding {
  readonly name: string;
  readonly looks: string;
  readonly runbook: string | null;
}

/** As long as a person waits for the yard itself, and a little. */
const PATIENCE_MS = 40_000;

export async function runChecks(
  context: Context,
  checks: readonly Check[],
  patienceMs: number = PATIENCE_MS,
): Promise<readonly Checked[]> {
  // All of them judge the same state, by one look.
  const shared: Context = { ...context, look: openOnce(() => context.look()) };
  const bounded = (check: Check) => withinTime(check, shared, patienceMs);
  const gate = checks.find((it) => it.name === 'yard');
  const reached = openOnce(async () => (gate ? bounded(gate) : undefined));
  const found = checks.map(async (check): Promise<Checked> => {
    const finding = await findingOf(check);
    const { name, looks = '' } = check;
    return { name, looks, ...finding, runbook: finding.remedy === null ? null : linkOf(check.runbook) };
  });
  return Promise.all(found);

  async function findingOf(check: Check): Promise<Finding> {
    if (check === gate) return (await reached()) as Finding;
    if (check.asks === 'yard' && (await reached())?.ok === false) return skipped('the yard cannot be reached');
    return bounded(check);
  }
}

const linkOf = (heading: RunbookHeading | undefined): string | null =>
  heading === undefined ? null : runbookLink(heading);

function withinTime({ run }: Check, context: Context, patienceMs: number): Promise<Finding> {
  const patience = new AbortController();
  return new Promise((settle) => {
    const timer = setTimeout(() => {
      patience.abort();
      settle(wrong(`no answer within ${durationText(patienceMs)}`, 'see what keeps it: a network, a disk, a hook'));
    }, patienceMs);
    void run(context, patience.signal)
      .catch(failed)
      .then(settle)
      .finally(() => clearTimeout(timer));
  });
}

function failed(error: unknown): Finding {
  const { code, message, hint } = failureOf(error);
  return wrong(`${message} [${code}]`, hint);
}
