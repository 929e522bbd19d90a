/** What may stand at a place of a file, from the text before it. Pure. */
import { SCHEMAS } from '@gityard/domain';
import type { Fleet } from './lint-wish.ts';

export interface Offer {
  readonly name: string;
  readonly detail: string;
}

/** Inside of the quotes of a value, or of a word of a list, of a field that names something. */
export function namesAt(before: string, fleet: Fleet): readonly Offer[] {
  const [, field] = /"(assignedTo|labels|target|needs)"\s*:\s*(?:\[[^\]]*)?"[^"]*$/.exec(before) ?? [];
  switch (field) {
    case 'assignedTo':
      return offered(fleet.agents, 'agent');
    case 'labels':
      return offered(fleet.labels, 'label of an agent');
    case 'needs':
      return offered(fleet.jobs, 'open job');
    case 'target':
      return [
        ...offered(fleet.jobs, 'open job'),
        ...offered(fleet.agents, 'agent'),
        ...offered(fleet.locks, 'lock'),
        ...offered(fleet.messages, 'message'),
      ];
    default:
      return [];
  }
}

/** At the beginning of a line. */
export function recipeFieldsAt(before: string): readonly Offer[] {
  if (!/^[a-zA-Z]*$/.test(before)) return [];
  return Object.entries(SCHEMAS.recipe.properties as Readonly<Record<string, { readonly description?: string }>>)
    .filter(([name]) => !name.startsWith('$'))
    .map(([name, { description = 'field of gityard.yml' }]) => ({ name, detail: description }));
}

const offered = (names: readonly string[], detail: string): readonly Offer[] => names.map((name) => ({ name, detail }));
