/** Changes the settings of the yard, checked as a whole. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { YardConfig } from '../../entities/yard-config.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface ConfigureYard {
  readonly config: Partial<YardConfig>;
  readonly reason: string | null;
  readonly now: Time;
}

export function configureYard(state: State, { config, reason }: ConfigureYard): Decision<YardConfig> {
  const checked = validate('yard', JSON.parse(JSON.stringify({ ...state.yard, ...config })));
  if (!checked.ok) return refuse('INVALID_DATA', `yard.json: ${checked.reason}`);
  if (JSON.stringify(checked.value) === JSON.stringify(state.yard))
    return accept(state.yard, [], 'the yard is configured so already', { reason });
  return accept(checked.value, [{ kind: 'yard', id: 'yard', value: checked.value }], 'configure the yard', { reason });
}
