/** What may be done with a path by whoever asks. */
import { access, constants } from 'node:fs/promises';

/** Whether there is a file or folder that may be used so; by itself, whether it is there. */
export const canBe = (path: string, mode: number = constants.F_OK): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );
