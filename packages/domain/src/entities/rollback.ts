/**
 * `shared/rollback/<branch>.json`: the last good build of a branch, for each repository that has one of that name, and the
 * points to which one can go back. A point is an annotated tag; what stands here is what it names, so that nobody needs to
 * fetch it to know.
 */
import {
  branchName,
  closed,
  listOf,
  name,
  nullableAddress,
  nullableCommit,
  nullableName,
  schemaVersion,
  text,
  time,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

const hex = (length: number) => ({ type: 'string', pattern: `^[0-9a-f]{${length}}$` }) as const;

const built = {
  repository: nullableAddress,
  job: name,
  agent: nullableName,
  commit: nullableCommit,
  builtAt: { ...time, description: 'when the build ended' },
} as const;

const goodBuildSchema = closed(built, ['job', 'builtAt']);

const rollbackPointSchema = closed(
  {
    ...built,
    tag: { ...text(255), pattern: '^build-success-[^\\u0000-\\u0020\\u007f~^:?*\\[\\\\/]+-\\d{8}T\\d{6}Z$' },
    tagObject: { ...hex(40), description: 'the id of the annotated tag, which it is removed by' },
    target: { ...hex(40), description: 'the commit that the tag names' },
    targetIs: { enum: ['built-commit', 'state-commit'], default: 'built-commit' },
    manifestSha256: {
      ...hex(64),
      description: 'of the manifest, as its file in the yard says it, but for where its bytes are stored',
    },
    recordedAt: time,
    by: text(255),
  },
  ['job', 'builtAt', 'tag', 'tagObject', 'target', 'manifestSha256', 'recordedAt', 'by'],
);

export const rollbackSchema = closed(
  {
    schemaVersion,
    branch: branchName,
    lastGood: listOf(goodBuildSchema, { description: 'one for each repository' }),
    points: listOf(rollbackPointSchema, { description: 'newest first' }),
  },
  ['branch'],
);

export type Rollback = TypeOf<typeof rollbackSchema>;
export type GoodBuild = TypeOf<typeof goodBuildSchema>;
export type RollbackPoint = TypeOf<typeof rollbackPointSchema>;
