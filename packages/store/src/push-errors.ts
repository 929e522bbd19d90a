/** What a push that was turned away for good becomes for the caller: who keeps it from landing, and what helps. */
import { type DiskTrouble, diskTroubleIn } from './codec/disk-trouble.ts';
import { COULD_NOT_UNPACK } from './codec/report-status.ts';
import { StoreError } from './errors.ts';

export interface Target {
  /** The repository, as messages name it. */
  readonly remote: string;
  readonly ref: string;
}

export function refusedPush({ remote, ref }: Target, reason: string): StoreError {
  const trouble = diskTroubleIn(reason);
  if (trouble) return diskError(trouble, { remote, reason: `${ref} was not written: ${reason}` });
  if (reason.startsWith(COULD_NOT_UNPACK)) {
    return new StoreError('REMOTE_INVALID', `what was sent to ${ref} in ${remote} was not kept: ${reason}`, {
      hint: 'look at the permissions of the repository on the server; git fsck there tells of damage',
    });
  }
  if (reason.startsWith(CHECKED_OUT)) {
    return new StoreError('DENIED', `${ref} is checked out in ${remote}, and Git moves no such branch from outside`, {
      hint: 'check out another branch there (git switch main), or keep the yard in a bare repository',
    });
  }
  return new StoreError('DENIED', `${remote} refused to move ${ref}: ${reason}`, {
    hint: 'check the branch protection, the hooks and the rights of this user on the server',
  });
}

/** Git's own word in the report, for which it also sends a page of advice. */
const CHECKED_OUT = 'branch is currently checked out';

export function diskError(trouble: DiskTrouble, { remote, reason }: { remote: string; reason: string }): StoreError {
  const { what, hint } = DISK[trouble];
  return new StoreError(trouble, `${remote} ${what}; ${reason}`, { hint });
}

const DISK: Readonly<Record<DiskTrouble, { readonly what: string; readonly hint: string }>> = {
  DISK_FULL: {
    what: 'is on a disk that is full',
    hint: 'free some space on the disk of the repository, then try again',
  },
  READ_ONLY: {
    what: 'cannot be written',
    hint: 'make the file system of the repository writable for the user who serves it, and see that it is not full',
  },
};
