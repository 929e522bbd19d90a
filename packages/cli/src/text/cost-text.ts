/** Amounts as people read them. Rounded here and nowhere before; what nobody knows is said so, and is not nothing. */
import type { Cost, CostRow } from '@gityard/domain';
import { dim, type Line, line, type Span } from './lines.ts';
import { table } from './table.ts';
import { durationText } from './words.ts';

/** Of one job; nothing where no rate is set for any agent of it. */
export function costLines(cost: Cost): Line[] {
  return cost.amount === null ? [] : [line(dim('cost'.padEnd(11)), amountText(cost), unknownText(cost))];
}

/** What is cheaper than a hundredth is told to two digits that are not zero. */
export function amountText({ amount, currency }: Cost): string {
  if (amount === null) return 'unknown';
  const digits = amount === 0 || amount >= 0.01 ? 2 : Math.min(20, 1 - Math.floor(Math.log10(amount)));
  return `${amount.toFixed(digits)} ${currency}`;
}

export const unknownText = ({ amount, unknownSeconds }: Cost): string =>
  amount === null || unknownSeconds === 0 ? '' : ` and what ${durationText(unknownSeconds * 1000)} without a rate cost`;

export function costTable(head: string, rows: readonly CostRow[]): Line[] {
  const cells = (it: CostRow): Span[] => [
    it.name ?? dim('none'),
    String(it.jobs),
    durationText(it.seconds * 1000),
    amountText(it),
    it.unknownSeconds === 0 ? '' : durationText(it.unknownSeconds * 1000),
  ];
  return table({ heads: [head, 'jobs', 'held', 'cost', 'without a rate'], rows: rows.map(cells) });
}
