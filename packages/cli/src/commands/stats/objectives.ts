/** How the objectives of yard.json stand: what was reached, what is left of their error budgets, and how fast that goes. */
import { after, DAY_MS, type ObjectiveView, objectiveViews } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { dim } from '../../text/lines.ts';
import { objectiveTable } from '../../text/objective-text.ts';
import { jobsSince } from '../../yard/jobs-since.ts';

export const command = defineCommand({
  name: 'stats objectives',
  summary: 'what was reached of the objectives, and what is left of their error budgets',
  details:
    'Exits 1 when one burns. A rate of 1 uses up the budget in just the days of the objective. Over ' +
    'the archive too, as far as it is in the tree.',
  example: 'gityard stats objectives --json',
  parameters: {},
  run: async (context) => {
    const state = await context.look();
    const now = context.now();
    const days = Math.max(1, ...state.yard.objectives.map((it) => it.days));
    const since = after(now, -days * DAY_MS);
    const objectives = objectiveViews(state, jobsSince(await context.yard(), since), now);
    const burns = objectives.some((it: ObjectiveView) => it.state === 'burning');
    return answer(
      { at: now, objectives },
      () => (objectives.length === 0 ? [[dim('yard.json has no objectives')]] : objectiveTable(objectives)),
      burns ? 1 : 0,
    );
  },
});
