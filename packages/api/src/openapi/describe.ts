/** The OpenAPI 3.1 description of the whole API, kept by the router's own list of routes. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { PROBLEM_SCHEMA } from './answers.ts';
import { tidy } from './tidy.ts';

const TAGS = [
  { name: 'builds', description: 'What is to be built, what is being built, and what came of it.' },
  { name: 'agents', description: 'The machines that build.' },
  { name: 'artifacts', description: 'What builds made.' },
  { name: 'tokens', description: 'Who may call.' },
  { name: 'yard', description: 'The state of the yard, as it is and as it changes.' },
  { name: 'page', description: 'What the dashboard asks for itself.' },
  { name: 'server', description: 'This server.' },
];

/** Before any route is added: those that are there already would not be seen. */
export async function describe(app: FastifyInstance): Promise<void> {
  app.addSchema(PROBLEM_SCHEMA);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: {
        title: 'Gityard',
        // Of the address (/api/v1), not of the program.
        version: '1.0.0',
        description:
          "A team's build servers, coordinated through one Git repository. Times are RFC 3339 in UTC, durations ISO 8601 where " +
          'the field says so and else seconds. Errors are problem details (RFC 9457).',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'this server' }],
      tags: TAGS,
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'made by `gityard token new`' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'gityard-7420',
            description: 'of the dashboard, opened with its key',
          },
          link: {
            type: 'apiKey',
            in: 'query',
            name: 'signature',
            description: 'in the address of an artifact, where the artifacts of a build are listed; good for a while',
          },
        },
      },
      security: [{ token: [] }, { session: [] }],
    },
    transformObject: (made) => tidy('openapiObject' in made ? made.openapiObject : made.swaggerObject),
    refResolver: { buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`) },
  });
}
