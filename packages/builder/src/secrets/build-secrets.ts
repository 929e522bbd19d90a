/**
 * The contract of what a build is told in confidence: which secrets a stage gets, and what must never be seen in anything
 * that the build says. The builder asks by stage; whether a job may have a secret at all was decided before, by the policy.
 */
import type { CommandStage } from '../toolchains/toolchain.ts';

export interface BuildSecrets {
  /** Environment entries for the programs of a stage. */
  forStage(stage: CommandStage): Promise<Readonly<Record<string, string>>>;
  /** Every value that may turn up in what the build says. */
  values(): readonly string[];
}

export const NO_SECRETS: BuildSecrets = { forStage: async () => ({}), values: () => [] };
