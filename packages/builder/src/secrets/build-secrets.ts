/**
 * The contract of what a build is told in confidence. The builder asks once, before the first program runs, for all that the
 * job and its recipe name; whether a build may have them is decided by whoever holds them.
 */

/** What is built, as it was resolved: rules are about this, and never about what a job says of itself. */
export interface SecretUse {
  readonly names: readonly string[];
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Whether the commit is part of the branch. Asked only when it matters, because it may take the whole history. */
  isOnBranch(): Promise<boolean>;
}

export type Given =
  | { readonly ok: true; readonly values: Readonly<Record<string, string>> }
  /** Which of them cannot be had, why, and what its owner can do. */
  | { readonly ok: false; readonly reason: string };

export interface BuildSecrets {
  /** The value of each of these names, or of none. */
  give(use: SecretUse): Promise<Given>;
}

export const NO_SECRETS: BuildSecrets = {
  give: async ({ names }) => ({
    ok: false,
    reason: `there are no secrets here, and the job asks for ${names.join(', ')}`,
  }),
};
