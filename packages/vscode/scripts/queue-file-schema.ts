/** The schema of a file of the inbox for an editor: a job, a command, or a list of both. By `if`, so that what is told is about the one that is meant. */
import { publishedSchema } from '@gityard/domain';

export function queueFileSchema(): object {
  const { $schema, title: _, ...job } = publishedSchema('queue-job') as Record<string, unknown>;
  const { $schema: __, title: ___, ...command } = publishedSchema('queue-command') as Record<string, unknown>;
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  const wish = { if: { required: ['op'] }, then: { $ref: '#/$defs/command' }, else: { $ref: '#/$defs/job' } };
  return {
    $schema,
    title: 'gityard queue file',
    if: { type: 'array' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { items: { $ref: '#/$defs/wish' } },
    else: { $ref: '#/$defs/wish' },
    $defs: { wish, job, command },
  };
}
