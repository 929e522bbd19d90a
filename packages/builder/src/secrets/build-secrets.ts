/**
 * The contract of what a build is told in confidence. The builder asks once, before the first program runs, for all that the
 * job and its recipe name; whether a build may have them is decided by whoever holds them, and an answer of "no" is thrown as
 * a BuildError that says which rule is missing.
 */
import { BuildError } from '../build-error.ts';

/** What is built, as it was resolved: rules are about this, and never about what a job says of itself. */
export interface SecretUse {
  readonly names: readonly string[];
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Whether the commit is part of the branch. Asked only when it matters, because it may take the whole history. */
  isOnBranch(): Promise<boolean>;
}

export interface BuildSecrets {
  /** The value of each of these names. */
  give(use: SecretUse): Promise<Readonly<Record<string, string>>>;
}

export const NO_SECRETS: BuildSecrets = {
  async give({ names }) {
    throw new BuildError('policy', `there are no secrets here, and the job asks for ${names.join(', ')}`);
  },
};
