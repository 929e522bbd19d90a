/** What a comparison comes to, in a word and a sentence: whether this can be built again and be the same. Pure. */
import type { Comparison } from '@gityard/domain';
import { counted } from '../../format.ts';
import type { Word } from '../../words.ts';
import type { Build } from '../../worker/questions/artifacts/build.ts';

export function judged(left: Build, right: Build, comparison: Comparison | null): Word & { readonly text: string } {
  if (comparison === null) {
    const [one] = [left, right].filter(({ manifest }) => manifest === null);
    return {
      tone: 'off',
      word: 'Nothing to compare',
      text: `${one?.id ?? 'One of them'} left no artifacts. What is known of the builds stands below.`,
    };
  }
  const words = differenceWords(comparison);
  const files = counted(comparison.same.length, 'file');
  if (left.id === right.id)
    return { tone: 'off', word: 'The same build', text: 'Choose another one to compare it with.' };
  if (!isSameSource(left, right))
    return comparison.identical
      ? {
          tone: 'ok',
          word: 'Identical',
          text: `${files} the same to the last byte, though the builds are not known to be of one commit.`,
        }
      : {
          tone: 'off',
          word: 'Different',
          text: `${words}. The builds are not known to be of one commit, so that is to be expected.`,
        };
  return comparison.identical
    ? {
        tone: 'ok',
        word: 'Reproducible',
        text: `2 of 2 builds of this commit agree: ${files} the same to the last byte.`,
      }
    : { tone: 'bad', word: 'Not reproducible', text: `Both builds are of one commit, and yet: ${words}.` };
}

function differenceWords({ same, checksum, size, missing }: Comparison): string {
  const lacking = missing.left.length + missing.right.length;
  const parts = [
    [same.length, same.length === 1 ? 'file identical' : 'files identical'],
    [checksum.length, 'with other bytes'],
    [size.length, 'of another size'],
    [lacking, 'on one side only'],
  ] as const;
  return parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])).join(', ');
}

/** Of repositories as far as they are known: the manifest names none. */
function isSameSource(left: Build, right: Build): boolean {
  const [a, b] = [left.manifest?.commit, right.manifest?.commit];
  if (!a || a !== b) return false;
  const [ours, theirs] = [left.job?.repository, right.job?.repository];
  return !ours || !theirs || ours === theirs;
}
