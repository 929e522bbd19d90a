/** `chatOps` of yard.json: whose comments are commands, and which. Whoever is not meant by it is not answered. */
import { closed, LOGIN, mapOf } from './schema.ts';
import { group } from './setting.ts';
import { ROLES } from './token.ts';

export const chatOpsSchema = group(
  closed(
    {
      roles: {
        ...mapOf({ enum: ROLES } as const),
        propertyNames: { pattern: LOGIN, maxLength: 100 },
        description:
          'login at the host → what its comments may do: Developer (retry, why), BuildMaster (all), Admin; no more than "people" grants',
      },
      writers: {
        enum: [...ROLES, null],
        default: 'Developer',
        description: 'the same for all who may push to the repository of the comment; null = nothing',
      },
    },
    [],
  ),
);
