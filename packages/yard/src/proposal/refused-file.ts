/** Why a proposal cannot be merged: which file, where in it, and what is wrong. */
export interface RefusedFile {
  /** Empty where a rule speaks of more than one. */
  readonly path: string;
  readonly line: number | null;
  readonly reason: string;
}

export const refusedFile = (path: string, reason: string, line: number | null = null): RefusedFile => ({
  path,
  line,
  reason,
});
