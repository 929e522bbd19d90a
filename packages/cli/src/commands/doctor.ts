/** Checks this machine and the yard, one question at a time, each with what to do when the answer is no. */
import { answer, defineCommand } from '../command.ts';
import { CHECKS } from '../doctor/list.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { bad, dim, good, line } from '../text/lines.ts';

export const command = defineCommand({
  name: 'doctor',
  summary: 'check this machine and the yard',
  details: 'Changes nothing. Exits 1 when a check fails.',
  example: 'gityard doctor --yard https://git.example.org/acme/yard.git',
  parameters: {},
  run: async (context) => {
    const checks = await runChecks(context, CHECKS);
    const ok = checks.every((it) => it.ok);
    return answer(
      { ok, checks },
      () =>
        checks.flatMap((it) => [
          line(it.ok ? good('ok   ') : bad('FAIL '), `${it.name}: ${it.text}`),
          ...(it.ok || it.remedy === null ? [] : [line(dim(`     → ${it.remedy}`))]),
        ]),
      ok ? 0 : 1,
    );
  },
});
