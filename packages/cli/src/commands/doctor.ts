/** Checks this machine and the yard, each question with what to do when the answer is no. */
import { answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { checkedLines } from '../doctor/checked-lines.ts';
import { CHECKS } from '../doctor/list.ts';
import { type Checked, runChecks } from '../doctor/run-checks.ts';
import { checkService } from '../doctor/service.ts';
import { choices, flag, option } from '../parameters.ts';

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
    service: option('id', 'ask as this service of agent install does: by its account, with all that it is told'),
    verbose: flag('also what was left out, and what each looks at'),
  },
  run: async (context, { only, service, verbose }) => {
    const wanted = CHECKS.filter(({ name }) => only === undefined || only.includes(name));
    const checks =
      service === undefined ? await runChecks(context, withGate(wanted)) : await asService(context, service, wanted);
    const ok = checks.every((it) => it.ok);
    return answer({ ok, checks }, () => checkedLines(checks, verbose), ok ? 0 : 1);
  },
});

/** Whether it is installed and runs is what whoever asks can see, and mostly not its account. */
async function asService(context: Context, id: string, wanted: typeof CHECKS): Promise<readonly Checked[]> {
  const { checksAsService } = await import('../doctor/as-service.ts');
  const own = runChecks(
    context,
    wanted.filter((it) => it.run === checkService),
  );
  const checks = await checksAsService(context, id, ['--only', wanted.map((it) => it.name).join(',')]);
  const seen = new Map((await own).map((it) => [it.name, it]));
  return checks.map((it) => seen.get(it.name) ?? it);
}

/** Whatever asks the yard waits for the check that reaches it. */
function withGate(wanted: typeof CHECKS): typeof CHECKS {
  const asksYard = wanted.some((it) => it.asks === 'yard');
  return asksYard ? CHECKS.filter((it) => it.name === 'yard' || wanted.includes(it)) : wanted;
}
