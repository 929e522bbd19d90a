/** Of which jobs a setting speaks: the same three lists wherever one speaks of some. */
import { listOf, text } from './schema.ts';

const list = (description: string) => listOf(text(500), { maxItems: 200, description });

export const patterns = {
  repositories: list('only jobs of these; * stands for anything; none: of all, and those without one'),
  branches: list('only jobs of these; * stands for anything, as in release/*; none: of all'),
  labels: list('only jobs that ask for one of these; * stands for anything; none: all jobs'),
} as const;
