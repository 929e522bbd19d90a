/** `shared/agents/<agent>.json`: who a build server is and what it can do. Not whether it lives: that is its heartbeat. */

import { SIGNATURES, secretRuleSchema } from './policy.ts';
import { closed, count, listOf, mapOf, name, nullableText, nullableTime, schemaVersion, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

const GIGABYTES = 'in units of 10⁹ bytes';

export const capabilitiesSchema = {
  ...closed(
    {
      os: { ...text(50), default: 'unknown' },
      arch: { ...text(50), default: 'unknown' },
      cores: count,
      memoryGB: { type: 'number', minimum: 0, default: 0, description: GIGABYTES },
      diskGB: { type: 'number', minimum: 0, default: 0, description: GIGABYTES },
      tools: {
        ...mapOf(text(50)),
        description: 'name → version, e.g. {"dotnet": "10.0.401", "npm": "11.19.1"}',
      },
      // Without a default, so that agents that know of none need not say so.
      sdks: {
        type: 'object',
        additionalProperties: listOf(text(50), { maxItems: 100 }),
        maxProperties: 100,
        description:
          'of tools with versions side by side: name → all of them, e.g. {"dotnet": ["8.0.404", "10.0.401"]}',
      },
    },
    [],
  ),
  default: {},
} as const;

const listed = (length: number, maxItems = 1000) => ({ type: 'array', items: text(length), maxItems }) as const;

export const agentSchema = closed(
  {
    schemaVersion,
    id: name,
    host: text(255),
    pool: { ...text(100), default: 'Linux' },
    labels: listOf(text(100), { uniqueItems: true }),
    capabilities: capabilitiesSchema,
    allows: {
      ...closed(
        {
          repositories: listOf(text(2000), {}),
          commands: { type: 'boolean', default: false },
          programs: {
            ...listed(1000, 500),
            description: 'without commands: those that a job may bring all the same, by their first word',
          },
          refs: { ...listed(255), description: 'branches; left out: all' },
          toolchains: { ...listed(50), description: 'left out: all' },
          secrets: {
            type: 'array',
            items: secretRuleSchema,
            maxItems: 500,
            description: 'which builds may have which',
          },
          updates: {
            ...listed(2000, 500),
            description: 'where programs may come from that it changes to; left out: none',
          },
          signatures: { enum: SIGNATURES, description: 'whether a job must be signed; left out: it need not be' },
          signers: { ...listed(100), description: 'fingerprints of the keys that it knows' },
        },
        [],
      ),
      default: {},
      description:
        'what the local policy lets run: addresses, "*" at the end for a prefix. The agent itself enforces it.',
    },
    tasks: {
      type: 'boolean',
      default: false,
      description: 'it takes tasks, for a processor of its own, and no builds',
    },
    slots: {
      type: 'integer',
      minimum: 1,
      maximum: 1000,
      default: 1,
      description: 'builds at once',
    },
    mode: { enum: ['active', 'draining', 'maintenance'], default: 'active' },
    modeReason: nullableText(1000),
    modeSince: nullableTime,
    modeBy: nullableText(255),
    modeUntil: { ...nullableTime, description: 'when it is active again by itself; null: when somebody resumes it' },
    boot: {
      ...text(100),
      description: 'nonce of the daemon that may act as this agent',
    },
    registeredAt: time,
    publicKey: nullableText(1000),
    ageRecipient: {
      ...nullableText(100),
      pattern: '^age1[0-9a-z]{58}$',
      description: 'the key that secrets are sealed for; null: it cannot open any',
    },
    version: { ...text(50), default: '' },
    newestSchema: {
      type: 'integer',
      minimum: 1,
      description: 'the newest version of yards that its program reads and writes; left out: 1',
    },
  },
  ['id', 'host', 'boot', 'registeredAt'],
);

export type Agent = TypeOf<typeof agentSchema>;
export type Capabilities = Agent['capabilities'];
