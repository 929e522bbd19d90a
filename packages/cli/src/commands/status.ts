/** The fleet at a glance, once or drawn anew with every change. */
import { type Answer, answer, type Command, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { flag } from '../parameters.ts';
import { statusScreen } from '../text/status-screen.ts';
import { type Glance, glance } from '../yard/rows.ts';
import { watchScreen } from '../yard/watch-screen.ts';

export const command: Command = defineCommand({
  name: 'status',
  summary: 'the fleet at a glance, worst first',
  example: 'gityard status --yard https://git.example.org/acme/yard.git',
  parameters: { watch: flag('draw it anew with every change; as JSON, a line for each') },
  run: async (context, { watch }) =>
    watch ? watchStatus(context) : once(await glance(context, await context.look()), context),
});

export const top: Command = defineCommand({
  name: 'top',
  summary: 'the same, drawn anew with every change',
  example: 'gityard top',
  parameters: {},
  run: watchStatus,
});

const once = (it: Glance, context: Context): Answer =>
  answer(it.status, () => statusScreen({ ...it, rows: rowsOf(context) }));

function watchStatus(context: Context): Promise<number> {
  return watchScreen(context, async (state) => once(await glance(context, state), context));
}

/** A pipe has no end of the screen. */
const rowsOf = ({ io }: Context): number => io.terminal?.rows ?? 200;
