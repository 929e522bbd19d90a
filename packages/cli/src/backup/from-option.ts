/** Where backups lie, for whoever reads them. */
import { usageError } from '../errors.ts';
import { option } from '../parameters.ts';

export const fromOption = option('place', 'where the backups lie: what was given to gityard backup --to');

export function placeFrom(from: string | undefined): string {
  if (from !== undefined) return from;
  throw usageError('where the backups lie is missing', 'e.g. --from /mnt/backups/acme, or --from s3://bucket/acme');
}
