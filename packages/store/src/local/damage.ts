/** What is wrong with a local copy, and whether time alone may mend it. */

/** The copy is not what we wrote: to be set aside, whatever the reason. */
export class Damaged extends Error {
  constructor(text: string, options?: ErrorOptions) {
    super(text, options);
    this.name = 'Damaged';
  }
}

const SHORTAGES = ['EMFILE', 'ENFILE', 'ENOMEM', 'EAGAIN', 'EBUSY'];
const DISK_TROUBLES = [...SHORTAGES, 'ENOSPC', 'EDQUOT', 'EROFS', 'EIO'];

/** A file that cannot be read for want of something is as good as it was. */
export const isShortage = (error: unknown): boolean => SHORTAGES.includes(codeOf(error));

/** What was there before is as good as it was; only nothing can be added to it now. */
export const isDiskTrouble = (error: unknown): boolean => DISK_TROUBLES.includes(codeOf(error));

export const codeOf = (error: unknown): string => `${(error as NodeJS.ErrnoException | undefined)?.code ?? ''}`;
