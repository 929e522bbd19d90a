/** Two contents that are not archives: which marks of their surroundings tell them apart. */
import { type Hint, hint } from '@gityard/domain';
import { withoutBuildMarks } from './portable-executable.ts';
import { volatileWords } from './volatile-words.ts';

export interface Contents {
  readonly path: string;
  readonly left: Buffer;
  readonly right: Buffer;
}

export function whyContentsDiffer({ path, left, right }: Contents): readonly Hint[] {
  const [one, other] = [withoutBuildMarks(left), withoutBuildMarks(right)];
  if (!one || !other) return fromWords({ path, left, right });
  const nothingElse = one.bytes.equals(other.bytes);
  const marks = [
    ...(one.stamp === other.stamp
      ? []
      : [hint(path, 'pe-timestamp', `has ${only(nothingElse)}another time in its header`)]),
    ...(one.moduleId === other.moduleId
      ? []
      : [hint(path, 'dotnet-mvid', `has ${only(nothingElse)}another module id`)]),
  ];
  return nothingElse ? marks : [...marks, ...fromWords({ path, left: one.bytes, right: other.bytes })];
}

function fromWords({ path, left, right }: Contents): readonly Hint[] {
  const { differing, nothingElse } = volatileWords(left, right);
  const also = nothingElse ? 'differs only in' : 'differs, among other things, in';
  const all = differing.map(({ what }) => what).join(' and ');
  return differing.map(({ code, what }) => hint(path, code, `${also} ${nothingElse ? all : what}`));
}

const only = (nothingElse: boolean): string => (nothingElse ? 'nothing different but ' : '');
