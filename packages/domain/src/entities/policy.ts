/**
 * `policy.json` of one machine: what its owner lets run there. It never comes from the yard, since whoever may push there may
 * propose work and not decide where it runs. Everything has a default, and by default nothing is built.
 */
import { TOOLCHAINS } from './job.ts';
import { closed, listOf, nullableText, schemaVersion, secretName, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const NETWORKS = ['never', 'restore', 'always'] as const;
export const SIGNATURES = ['optional', 'required'] as const;

const words = (length: number, description: string) => listOf(text(length), { uniqueItems: true, description });
const branches = (description: string) => words(255, `branches, "*" at the end for a prefix: ${description}`);
const amount = (description: string, zero: string) =>
  ({
    type: 'number',
    minimum: 0,
    maximum: 1_000_000,
    default: 0,
    description: `${description}; 0 = ${zero}`,
  }) as const;

/** Which builds may have a secret. What no rule names, none has. */
export const secretRuleSchema = closed(
  {
    name: { ...secretName, description: 'the secret, e.g. "NPM_TOKEN"' },
    repositories: words(2000, 'addresses, "*" at the end for a prefix'),
    refs: branches('those whose builds may have it'),
  },
  ['name'],
);

const limitsSchema = {
  ...closed(
    {
      cores: amount('processors', 'all that the machine has'),
      memoryGB: amount('memory, in units of 10⁹ bytes', 'the default, 75 % of what the machine has'),
      diskGB: amount('what a build may write, in units of 10⁹ bytes', 'the default, what is free but for 1 GiB'),
      processes: amount('programs at once', 'the default, 4096'),
      minutes: amount('how long it may run', 'as long as the job or the yard says'),
    },
    [],
  ),
  default: {},
  description: 'what one build may take',
} as const;

export const policySchema = closed(
  {
    $schema: text(300),
    schemaVersion,
    repositories: words(2000, 'addresses that may be built, "*" at the end for a prefix'),
    refs: { ...branches('those that may be built'), default: ['*'] },
    toolchains: {
      ...listOf({ enum: TOOLCHAINS }, { uniqueItems: true, description: 'toolchains that a build may use' }),
      default: TOOLCHAINS,
    },
    commands: {
      type: ['boolean', 'array'],
      items: text(1000),
      maxItems: 500,
      default: false,
      description: 'whether a job may bring a command of its own; or only those whose first word is listed',
    },
    environment: words(
      100,
      "names of the agent's own environment that builds may see, with a trailing star for a prefix",
    ),
    scripts: words(200, "names of files in the agent's folder scripts that a message may ask for"),
    updates: words(
      2000,
      'where a program may come from that this agent changes to when a job asks for it: npm:gityard, addresses, paths, "*" at the end for a prefix',
    ),
    pools: { ...words(100, 'pools in which this machine may serve; "*": any'), default: ['*'] },
    network: {
      enum: NETWORKS,
      default: 'restore',
      description: 'when programs of a build may reach the network: while packages are restored, or always, or never',
    },
    secrets: listOf(secretRuleSchema, { maxItems: 500, description: 'which builds may have which secret' }),
    unsandboxed: {
      type: 'boolean',
      default: false,
      description: 'whether a build may run with nothing between it and the machine, where nothing else works',
    },
    sandbox: {
      ...nullableText(50),
      description: 'auto, systemd-run, bwrap+cgroup, bwrap+prlimit, podman or none; null: auto, the best that works',
    },
    image: {
      ...nullableText(300),
      description:
        'of the containers in which builds run, where the sandbox is podman or docker; null: mcr.microsoft.com/dotnet/sdk:10.0',
    },
    images: words(
      500,
      'images that the gityard.yml of a repository may ask to be built in, "*" at the end for a prefix',
    ),
    readable: words(1000, 'absolute paths beyond the system that a build may read: toolchains, package sources'),
    limits: limitsSchema,
    trustedRefs: {
      ...branches('those whose builds may put something into caches that others read'),
      default: ['main', 'master'],
    },
    signatures: {
      enum: SIGNATURES,
      default: 'optional',
      description: 'whether a job must be signed by a key of allowed_signers',
    },
  },
  [],
);

export type Policy = TypeOf<typeof policySchema>;
export type SecretRule = TypeOf<typeof secretRuleSchema>;
export type PolicyLimits = Policy['limits'];
