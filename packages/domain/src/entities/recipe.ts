/**
 * `gityard.yml` or `gityard.json` at the top of a repository that is built: what its own people say of how it is built. The
 * only schema for a file that no program ever rewrites, so a field that nobody knows is a mistake and not a newer program.
 */
import { STRATEGIES, TOOLCHAINS } from './job.ts';
import {
  argument,
  closed,
  IMAGE,
  listOf,
  mapOf,
  nullableSpan,
  orNull,
  requirement,
  secretName,
  text,
} from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** One command as its words, or a list of such commands; never one string, which only a shell could take apart. */
const commands = {
  type: 'array',
  minItems: 1,
  maxItems: 500,
  items: { type: ['string', 'array'], items: argument, maxLength: 10_000, minItems: 1, maxItems: 500 },
  description: 'a command as a list of words, or a list of such commands',
} as const;

const secrets = listOf(secretName, { maxItems: 50, uniqueItems: true, description: 'their names, e.g. "NPM_TOKEN"' });
const patterns = (description: string) => listOf(text(500), { maxItems: 200, description });
const group = <const T>(schema: T) => ({ ...schema, default: {} }) as const;

export const recipeSchema = closed(
  {
    $schema: text(300),
    toolchain: { enum: [...TOOLCHAINS, null], default: null, description: 'null: found by what the files look like' },
    strategy: {
      enum: [...STRATEGIES, null],
      default: null,
      description: 'where the request names none of its own; null: Incremental',
    },
    stages: {
      ...group(
        closed(
          {
            restore: commands,
            build: commands,
            test: commands,
            package: commands,
            Restore: commands,
            Build: commands,
            Test: commands,
            Package: commands,
          },
          [],
        ),
      ),
      description: 'what is run in a stage instead of what the toolchain would run there',
    },
    checks: {
      ...commands,
      default: [],
      minItems: 0,
      description:
        'what a Canary runs on its first agent after the tests, as the stage Check, e.g. ["npm", "audit"]; one that fails keeps the other agents from building',
    },
    parameters: { ...mapOf(argument), description: 'of the toolchain, where the job does not say otherwise' },
    artifacts: patterns('paths and patterns of what is kept of a build, e.g. "dist/**"'),
    reports: {
      ...group(
        closed(
          {
            tests: patterns('JUnit XML, TRX or TAP'),
            coverage: patterns('Cobertura XML, JaCoCo XML or lcov'),
          },
          [],
        ),
      ),
      description: 'paths and patterns of reports, beside those that the toolchain knows of',
    },
    matchers: patterns(
      'what finds errors and warnings in the output: names of known problem matchers, or paths of files that hold some',
    ),
    requires: listOf(requirement, { maxItems: 50, description: 'what the agent must have, e.g. "dotnet>=8"' }),
    needs: listOf(requirement, { maxItems: 50, description: 'the same as requires' }),
    cache: {
      ...group(
        closed(
          {
            inputs: patterns('files that are part of what every output is made of'),
            outputs: patterns('what is made, where the toolchain does not know it: folders and files'),
          },
          [],
        ),
      ),
      description: 'what a cache goes by, beside what the toolchain knows',
    },
    timeout: {
      ...nullableSpan,
      description:
        'how long the build may take at most, e.g. "90s", "30m" or "2h"; it makes the time of the job shorter, never longer',
    },
    secrets: {
      ...group(
        closed(
          { restore: secrets, build: secrets, test: secrets, check: secrets, package: secrets, publish: secrets },
          [],
        ),
      ),
      description: 'names of secrets by the stage that needs them; the policy of the agent decides',
    },
    container: {
      ...orNull(
        closed(
          {
            image: {
              ...text(500),
              pattern: IMAGE,
              description: 'with its tag or digest, e.g. "docker.io/library/node:20"',
            },
          },
          ['image'],
        ),
      ),
      description:
        'the image that all programs of the build run in, by podman or docker; the policy of the agent says which may be, the image is there already, and without it nothing is built',
    },
    network: {
      enum: ['never', 'restore', 'always', null],
      default: null,
      description:
        'when programs of the build reach the network: while packages are restored, or always, or never; null: as the policy of the agent says. What that does not allow fails the build before a program of it runs',
    },
  },
  [],
);

/** As it is written, with its defaults. */
export type RecipeFile = TypeOf<typeof recipeSchema>;
