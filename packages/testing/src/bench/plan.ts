/** The order in which cells are measured, so that a machine that grows busier or quieter favours nobody. */
import type { BenchOptions } from './arguments.ts';
import type { CellPlan } from './cell.ts';

const MANY_WRITERS = 4;

export function planCells(options: BenchOptions): CellPlan[] {
  return Array.from({ length: options.rounds }, (_, round) => planRound(options, round)).flat();
}

/** Every other round backwards: who came first then comes last. */
function planRound(options: BenchOptions, round: number): CellPlan[] {
  const { warmUpMs, measureMs, graceMs } = options;
  const writers = options.writers.filter((count) => round === 0 || count <= MANY_WRITERS);
  // To start many writers takes longer than to measure them, so theirs is one long round instead of two.
  const roundsOf = (count: number) => (count > MANY_WRITERS ? options.rounds : 1);
  const cells = writers.flatMap((count) =>
    options.variants.map((variant) => {
      const go = { warmUpMs, measureMs: measureMs * roundsOf(count), graceMs };
      return { variant, writers: count, go };
    }),
  );
  return round % 2 === 0 ? cells : cells.reverse();
}
