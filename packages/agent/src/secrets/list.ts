/** Every place of secrets, in the order in which they are asked: the first that has a name gives the value. */
import { openCredentials } from './credentials.ts';
import { openFiles } from './files.ts';
import { openSealed, type SealedPlace } from './sealed.ts';
import type { SecretSource } from './source.ts';

export interface SecretPlaces extends SealedPlace {
  /** Of the agent, for what systemd says there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const secretSources = (places: SecretPlaces): readonly SecretSource[] => [
  openCredentials(places.environment.CREDENTIALS_DIRECTORY),
  openFiles(places.home),
  openSealed(places),
];
