/** Checks this machine and the yard, each question with what to do when the answer is no. */
import { answer, defineCommand } from '../command.ts';
import { checkedLines } from '../doctor/checked-lines.ts';
import { CHECKS } from '../doctor/list.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { choices, flag } from '../parameters.ts';

export const command = defineCommand({
  name: 'doctor',
  summary: 'check this machine and the yard',
  details:
    'Changes nothing, sends no message, and ends within a minute. What does not apply here is left out; --verbose shows it, and ' +
    'why. Exits 1 when a check fails; a warning is none. The runbook says more of each: docs/guide/runbook.html.',
  example: 'gityard doctor --yard https://git.example.org/acme/yard.git',
  parameters: {
    only: choices(
      CHECKS.map((it) => it.name),
      'only these of',
      'check',
    ),
    verbose: flag('also what was left out, and what each looks at'),
  },
  run: async (context, { only, verbose }) => {
    const wanted = CHECKS.filter(({ name }) => only === undefined || only.includes(name));
    const checks = await runChecks(context, withGate(wanted));
    const ok = checks.every((it) => it.ok);
    return answer({ ok, checks }, () => checkedLines(checks, verbose), ok ? 0 : 1);
  },
});

/** Whatever asks the yard waits for the check that reaches it. */
function withGate(wanted: typeof CHECKS): typeof CHECKS {
  const asksYard = wanted.some((it) => it.asks === 'yard');
  return asksYard ? CHECKS.filter((it) => it.name === 'yard' || wanted.includes(it)) : wanted;
}
