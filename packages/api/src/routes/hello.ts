/** That this is Gityard, of which yard, and whether whoever asks may give commands. */
import { closed, SCHEMA_VERSION } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { nullable, text } from '../schemas.ts';

export const hello = endpoint({
  method: 'GET',
  url: '/api/v1/hello',
  name: 'hello',
  tag: 'page',
  summary: 'Which yard this is, and whether the caller may give commands',
  access: 'looker',
  answers: {
    200: {
      description: 'This is a Gityard.',
      schema: closed(
        {
          program: text,
          schemaVersion: { type: 'integer' },
          yard: nullable(text),
          yardId: nullable(text),
          commands: { enum: ['direct', 'no'] },
        },
        ['program', 'schemaVersion', 'yard', 'yardId', 'commands'],
      ),
    },
  },
  handle:
    ({ options: { source, desk } }) =>
    ({ request, reply }) => {
      const mayCommand = desk !== undefined && request.caller !== null;
      return reply.header('cache-control', 'no-store').send({
        program: 'gityard',
        schemaVersion: SCHEMA_VERSION,
        yard: source.current()?.yard ?? null,
        yardId: source.current()?.yardId ?? null,
        commands: mayCommand ? 'direct' : 'no',
      });
    },
});
