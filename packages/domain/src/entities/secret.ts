/**
 * `shared/secrets/<name>.json`: a secret that only the agents can open which it was sealed for. What stands here is an age file
 * in armour, as the program `age` reads and writes it; nobody learns the value from the repository, and nobody who may only
 * push can add a reader.
 */
import { closed, listOf, nullableName, schemaVersion, secretName, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const recipientSchema = closed(
  {
    agent: { ...nullableName, description: 'null: a person, or a machine outside the fleet' },
    key: { ...text(100), pattern: '^age1[0-9a-z]{58}$', description: 'X25519' },
  },
  ['key'],
);

export const secretSchema = closed(
  {
    schemaVersion,
    name: { ...secretName, description: 'as builds see it in their environment' },
    sealed: {
      ...text(100_000),
      pattern: '^-----BEGIN AGE ENCRYPTED FILE-----\\r?\\n[A-Za-z0-9+/=\\r\\n]+-----END AGE ENCRYPTED FILE-----\\s*$',
    },
    recipients: listOf(recipientSchema, { maxItems: 500, description: 'who can open it' }),
    setAt: time,
    setBy: text(255),
  },
  ['name', 'sealed', 'recipients', 'setAt', 'setBy'],
);

export type Secret = TypeOf<typeof secretSchema>;
export type SecretRecipient = Secret['recipients'][number];
