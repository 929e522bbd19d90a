/** Where the builder works below the agent's folder. */
import { join } from 'node:path';

export const buildFolder = (home: string): string => join(home, 'build');
