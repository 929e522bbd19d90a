/** `shared/branches_config.json`: which branches of which repositories are built, and how eagerly (R61–R62). */

import { TOOLCHAINS } from './job.ts';
import { closed, listOf, mapOf, nullableText, nullableTime, priority, schemaVersion, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const profileSchema = closed(
  {
    name: text(255),
    repository: text(2000),
    branch: nullableText(255),
    priority,
    enabled: { type: 'boolean', default: true },
    autoBuild: { type: 'boolean', default: false },
    toolchain: { enum: [...TOOLCHAINS, null], default: null },
    labels: listOf(text(100), { uniqueItems: true }),
    lastCommit: nullableText(64),
    lastCheckedAt: nullableTime,
  },
  ['name', 'repository'],
);

export const branchProfilesSchema = closed({ schemaVersion, branches: mapOf(profileSchema) }, []);

export type BranchProfiles = TypeOf<typeof branchProfilesSchema>;
export type BranchProfile = BranchProfiles['branches'][string];
