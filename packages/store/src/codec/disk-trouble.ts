/**
 * Whether Git's words on the other side mean that its disk is full or cannot be written at all. No rule and no rival
 * is behind that, nothing was changed, and only a person there can help. Knows words, no errors and no disks.
 */
export type DiskTrouble = 'DISK_FULL' | 'READ_ONLY';

// Measured on Git 2.39 with a full tmpfs and one remounted read-only. With a few pages left the objects fit and the
// lock of the ref does not: that says no errno, and "failed to update ref", which are the words of a lost race.
// A folder for new objects that cannot be made comes without any reason; most often nothing can be written there.
const WORDS: readonly (readonly [RegExp, DiskTrouble])[] = [
  [/no space left on device|disk quota exceeded|couldn't write '[^']*\.lock'/i, 'DISK_FULL'],
  [/read-only file system|unable to create temporary object directory/i, 'READ_ONLY'],
];

export function diskTroubleIn(text: string): DiskTrouble | undefined {
  return WORDS.find(([words]) => words.test(text))?.[1];
}
