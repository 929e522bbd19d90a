/** The name of a picture: of what its source says, so that a picture of another source is not there. */
import { createHash } from 'node:crypto';

export const digestOf = (source: string): string =>
  createHash('sha256').update(source.trim()).digest('hex').slice(0, 16);
