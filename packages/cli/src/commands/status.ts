/** The fleet at a glance, once or drawn anew with every change. */
import { objectiveViews, type State } from '@gityard/domain';
import { mayComeBack } from '@gityard/yard';
import { type Answer, answer, type Command, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { failureOf } from '../failure-of.ts';
import { flag } from '../parameters.ts';
import { historyScreen, machineScreen } from '../text/history-text.ts';
import { objectiveTable } from '../text/objective-text.ts';
import { statusScreen, upkeepTable } from '../text/status-screen.ts';
import { plural } from '../text/words.ts';
import { type Glance, glance } from '../yard/rows.ts';
import { waitingHere } from '../yard/spool.ts';
import { watchScreen } from '../yard/watch-screen.ts';

export const command: Command = defineCommand({
  name: 'status',
  summary: 'the fleet at a glance, worst first',
  example: 'gityard status --yard https://git.example.org/acme/yard.git',
  parameters: {
    watch: flag('draw it anew with every change; as JSON, a line for each'),
    verbose: flag('with the machines, the tasks of the upkeep, and the last hours and days'),
  },
  run: async (context, { watch, verbose }) => {
    if (watch) return watchStatus(context);
    const state = await look(context);
    const seen = await glance(context, state);
    return verbose ? inFull(seen, state) : once(seen, context);
  },
});

export const top: Command = defineCommand({
  name: 'top',
  summary: 'the same, drawn anew with every change',
  example: 'gityard top',
  parameters: {},
  run: watchStatus,
});

/** A state that was never seen cannot be shown; what this machine knows of it by itself can be told. */
async function look(context: Context): Promise<State> {
  try {
    return await context.look();
  } catch (error) {
    const { code, message, hint } = failureOf(error);
    const waiting = mayComeBack(error) ? await waitingHere(context) : 0;
    if (waiting === 0) throw error;
    const wait = `${plural(waiting, 'operation')} ${waiting === 1 ? 'waits' : 'wait'} here (gityard spool list)`;
    throw new CliError(code, message, { hint: `${hint}; ${wait}`, cause: error });
  }
}

const once = (it: Glance, context: Context): Answer =>
  answer(it.status, () => statusScreen({ ...it, rows: rowsOf(context) }));

const ENOUGH_ROWS = 1_000;

/** Objectives by the jobs of the state alone: `stats objectives` reads the archive as well. */
function inFull(seen: Glance, state: State): Answer {
  const { status, model } = seen;
  const objectives = objectiveViews(state, state.jobs, status.at);
  return answer({ ...status, history: model.history, objectives }, () => [
    ...statusScreen({ ...seen, rows: ENOUGH_ROWS }),
    ...(objectives.length === 0 ? [] : [[], ...objectiveTable(objectives)]),
    ...machineScreen(status.agents),
    ...upkeepTable(status),
    ...historyScreen(model.history),
  ]);
}

function watchStatus(context: Context): Promise<number> {
  return watchScreen(context, async (state) => once(await glance(context, state), context));
}

/** A pipe has no end of the screen. */
const rowsOf = ({ io }: Context): number => io.terminal?.rows ?? 200;
