/** The same views as `status` and what led there, for monitors: `check` answers with its exit code. */
import { type Answer, answer, type Command, defineCommand } from '../../command.ts';
import { historyScreen, machineScreen } from '../../text/history-text.ts';
import { bad, good, line } from '../../text/lines.ts';
import { statusScreen } from '../../text/status-screen.ts';
import { type Glance, glance } from '../../yard/rows.ts';

export const show: Command = defineCommand({
  name: 'health show',
  summary: 'the state of the fleet, its machines and its last hours and days',
  example: 'gityard health show --json',
  parameters: {},
  run: async (context) => {
    const seen = await glance(context, await context.look());
    const { history } = seen.model;
    return answer({ ...seen.status, history }, () => [
      ...statusScreen({ ...seen, rows: 200 }),
      ...historyScreen(history),
      ...machineScreen(seen.status.agents),
    ]);
  },
});

export const check: Command = defineCommand({
  name: 'health check',
  summary: 'exit 1 when something needs a person',
  example: 'gityard health check || notify-the-team',
  parameters: {},
  run: async (context) => checked(await glance(context, await context.look())),
});

function checked({ status: { needsYou, at, head } }: Glance): Answer {
  const ok = needsYou.length === 0;
  return answer(
    { ok, at, head, needsYou },
    () => (ok ? [[good('nothing needs you')]] : needsYou.map((it) => line(bad('! '), it.text))),
    ok ? 0 : 1,
  );
}
