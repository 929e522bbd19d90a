/** Where the files of both sides of a comparison are: what every `compare` command takes. */
import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { option } from '../parameters.ts';
import { storeOption } from './store-root.ts';

export const foldersOptions = {
  leftDir: option('dir', 'where the files of the first are; else beside the manifest, or in the store'),
  rightDir: option('dir', 'where those of the second are'),
  store: storeOption,
};

export interface Folders {
  readonly leftDir: string | undefined;
  readonly rightDir: string | undefined;
  readonly store: string | undefined;
}

export function foldersFrom({ io }: Context, { leftDir, rightDir, store }: Folders): Folders {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(io.cwd, path));
  return { leftDir: absolute(leftDir), rightDir: absolute(rightDir), store };
}
