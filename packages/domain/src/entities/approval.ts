/** What keeps a job waiting until people have agreed to it, and their word that they have. */
import { patterns } from './patterns.ts';
import { closed, listOf, nullableText, sha256, text, time } from './schema.ts';
import { ROLES } from './token.ts';
import type { TypeOf } from './type-of.ts';

const gate = {
  role: {
    enum: [...ROLES, null],
    default: null,
    description: 'who has this role in yard.json, or one above it, may approve; null, and no people: a BuildMaster',
  },
  people: listOf(text(255), {
    maxItems: 50,
    uniqueItems: true,
    description: 'these may approve, whatever their roles',
  }),
  count: { type: 'integer', minimum: 1, maximum: 10, default: 1, description: 'how many of them have to' },
  ownWork: { type: 'boolean', default: false, description: 'whoever asked for the job counts as well' },
  validHours: {
    type: 'number',
    minimum: 0,
    maximum: 8760,
    default: 72,
    description: 'how long an approval is good for; 0 = for as long as the job waits',
  },
} as const;

/** Of one job, as whoever asks for it wishes. */
export const gateSchema = closed(gate, []);

/** Of every job that it speaks of, whoever asks for it. */
export const approvalRuleSchema = closed(
  {
    name: { ...text(100), description: 'what people are told it is for' },
    ...patterns,
    ...gate,
  },
  ['name'],
);

export const approvalSchema = closed(
  {
    by: { ...text(255), description: 'the person, by the name that yard.json has for them' },
    at: time,
    reason: nullableText(1000),
    of: {
      ...sha256,
      description: 'SHA-256 of what is built, with what, and where: a job that changes is no longer approved',
    },
  },
  ['by', 'at', 'of'],
);

/** One word of a BuildMaster. */
export const NO_GATE: Gate = { role: null, people: [], count: 1, ownWork: false, validHours: 72 };

export type Gate = TypeOf<typeof gateSchema>;
export type ApprovalRule = TypeOf<typeof approvalRuleSchema>;
export type Approval = TypeOf<typeof approvalSchema>;
