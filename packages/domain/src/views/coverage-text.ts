import type { Coverage } from '../entities/build-result.ts';

/** "81.5 % of 1200 lines, 60.0 % of 50 branches" */
export function coverageText({ linesCovered, linesTotal, branchesCovered, branchesTotal }: Coverage): string {
  const share = (part: number, all: number, of: string) =>
    all === 0 ? [] : [`${((100 * part) / all).toFixed(1)} % of ${all} ${of}`];
  return [...share(linesCovered, linesTotal, 'lines'), ...share(branchesCovered, branchesTotal, 'branches')].join(', ');
}
