/** A checkout without projects, as one project: what its recipe names as inputs and outputs is what a cache goes by. */
import type { ProjectGraph } from '../graph/project-graph.ts';
import { RECIPE_NAMES, type Recipe } from '../recipe.ts';
import type { Found } from './look-up.ts';
import type { Course } from './strategy.ts';

/** Null: nobody says what is made. */
export function wholeGraph({ cache: { inputs, outputs } }: Recipe): ProjectGraph | null {
  if (outputs.length === 0) return null;
  // Files that lie in nobody's folder are nobody's; only those that are named are inputs then.
  const folder = inputs.length === 0 ? '' : '.git';
  const all = { id: 'all', name: 'all', folder, needs: [], outputs, isTest: true, lockFiles: [], extraInputs: inputs };
  return { projects: [all], shared: RECIPE_NAMES };
}

/** Its commands cannot be narrowed down, only left out; and its tests are all tests there are. */
export function ofWhole(course: Course, [all]: readonly Found[]): Course {
  const isTested = Boolean(all?.entry?.tests);
  const hit = isTested ? (['Build', 'Test'] as const) : (['Build'] as const);
  return {
    ...course,
    scope: null,
    skipped: all?.entry ? hit : [],
    async after(stage, end) {
      await course.after(stage, end);
      if (all && stage === 'Test' && end.ran) await course.afterTests(all.project.id, end.tests);
    },
  };
}
