/** Whether pushes are counted where this yard is: then talk waits for the next beat, and what can goes together. */
import type { Yard } from '@gityard/yard';

export const pushesAreScarce = ({ yard }: { readonly yard: Yard }): boolean =>
  yard.connection().pushBudget.perMinute !== null;
