/** What the program can say of itself, on any machine and without a yard: before an agent changes to it, for one. */
import { answer, defineCommand } from '../command.ts';
import { checkedLines } from '../doctor/checked-lines.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { SELF_CHECKS } from '../self-check/list.ts';
import { programVersion } from '../version.ts';

/** Longer than the trial gives its own build, and shorter than an update waits. */
const PATIENCE_MS = 150_000;

export const command = defineCommand({
  name: 'self-check',
  summary: 'check the program itself, without a yard',
  details:
    'Its files, what it needs on this machine, and a build in a temporary yard of its own, which is removed afterwards. Takes ' +
    'seconds. Exits 1 when a check fails.',
  example: 'gityard self-check --json',
  parameters: {},
  run: async (context) => {
    const [version, checks] = [await programVersion(), await runChecks(context, SELF_CHECKS, PATIENCE_MS)];
    const ok = checks.every((it) => it.ok);
    return answer({ ok, version, checks }, () => checkedLines(checks), ok ? 0 : 1);
  },
});
