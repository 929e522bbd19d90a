/**
 * `shared/attestations/<job>.json`: a signed statement of where the artifacts of a job come from. In-toto with SLSA provenance
 * in a DSSE envelope, signed by the agent that built them, outside of what the build could reach.
 */
import { closed, count, listOf, name, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const envelopeSchema = closed(
  {
    payloadType: text(200),
    payload: { ...text(900_000), description: 'the signed statement, base64' },
    signatures: listOf(closed({ keyid: text(200), sig: text(2000) }, ['keyid', 'sig']), { maxItems: 10 }),
  },
  ['payloadType', 'payload', 'signatures'],
);

export const attestationSchema = closed(
  { schemaVersion, job: name, agent: name, token: count, createdAt: time, envelope: envelopeSchema },
  ['job', 'agent', 'token', 'createdAt', 'envelope'],
);

export type Attestation = TypeOf<typeof attestationSchema>;
export type Envelope = Attestation['envelope'];
