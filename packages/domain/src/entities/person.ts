/** `people` of yard.json: who they are to a yard, whose commits, agents and keys only bear names, and what each may do. */
import { closed, listOf, mapOf, ROLE_GRANT, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const personSchema = closed(
  {
    roles: listOf(
      { ...text(150), pattern: ROLE_GRANT },
      {
        maxItems: 50,
        uniqueItems: true,
        description: 'Developer, BuildMaster or Admin; with @<namespace> behind it only there',
      },
    ),
    names: listOf(text(255), {
      maxItems: 20,
      uniqueItems: true,
      description: 'under which else they act: identities of agents, addresses of their commits, subjects of tokens',
    }),
  },
  ['roles'],
);

export const peopleSchema = {
  ...mapOf(personSchema),
  description: 'name, mostly the login at the Git host → what this person may do',
} as const;

export type Person = TypeOf<typeof personSchema>;
