/** Objectives as people read them: a line each. */
import type { ObjectiveView } from '@gityard/domain';
import { bad, good, type Line, type Span, warn } from './lines.ts';
import { table } from './table.ts';

export function objectiveTable(objectives: readonly ObjectiveView[]): Line[] {
  return table({
    heads: ['objective', 'state', 'reached', 'budget left', 'burns', 'aim'],
    rows: objectives.map((it) => [
      it.name,
      stateSpan(it.state),
      it.percent === null ? '' : `${it.percent.toFixed(2)} % of ${it.of}`,
      leftText(it.budget.left),
      [it.fast, it.slow]
        .flatMap(({ rate, hours }) => (rate === null ? [] : [`× ${rate.toFixed(1)} in ${hours} h`]))
        .join(', '),
      it.says,
    ]),
  });
}

/** Below nothing, how many times the budget went. */
function leftText(left: number | null): string {
  if (left === null) return '';
  return left < 0 ? `none, spent ${(1 - left).toFixed(1)} times` : `${Math.round(left * 100)} %`;
}

function stateSpan(state: ObjectiveView['state']): Span {
  if (state === 'met') return good(state);
  return state === 'unknown' ? state : state === 'burning' ? bad(state) : warn(state);
}
