/**
 * The policy of this machine: `policy.json` of /etc/gityard, or of the agent's own folder. Without the file nothing may run. It
 * never comes from the yard: whoever may push there may propose work, not decide where it runs.
 */
import { type Policy, SCHEMA_VERSION, SCHEMAS, validate } from '@gityard/domain';
import { didYouMean } from '@gityard/domain/did-you-mean';
import { AgentError } from './agent-error.ts';
import { type OwnedPlaces, readOwned, stampOfOwned } from './home/owned-file.ts';

export type { Policy } from '@gityard/domain';

export const POLICY_FILE = 'policy.json';

export const NOTHING_ALLOWED: Policy = policyFrom({}, POLICY_FILE);

export interface PolicySource {
  readonly policy: Policy;
  /** The file that it comes from; null: there is none. */
  readonly path: string | null;
  /** What stands in it, without the defaults. */
  readonly given: Partial<Policy>;
}

export async function readPolicySource(home: string, system?: string): Promise<PolicySource> {
  const file = await readOwned(placesOf(home, system), POLICY_FILE);
  if (file === undefined) return { policy: NOTHING_ALLOWED, path: null, given: {} };
  const given = parsed(file.text, file.path);
  return { policy: policyFrom(given, file.path), path: file.path, given };
}

export const readPolicy = async (home: string, system?: string): Promise<Policy> =>
  (await readPolicySource(home, system)).policy;

/** Files whose change may change what runs here. */
const RULING = [POLICY_FILE, 'allowed_signers', 'revoked_keys'];
export const policyStamp = (home: string, system?: string): Promise<string> =>
  stampOfOwned(placesOf(home, system), RULING);

const placesOf = (home: string, system: string | undefined): OwnedPlaces =>
  system === undefined ? { home } : { home, system };

function parsed(text: string, path: string): Partial<Policy> {
  try {
    return JSON.parse(text) as Partial<Policy>;
  } catch (cause) {
    throw new AgentError('INVALID_DATA', `${path} is not JSON: ${(cause as Error).message}; mend or remove it`, {
      cause,
    });
  }
}

/** What is not understood might have been meant as a limit, so it is an error and nothing to pass over. */
function policyFrom(given: unknown, path: string): Policy {
  const version = (given as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new AgentError('NEWER_SCHEMA', `${path} is of a newer program (schema ${version}); update gityard`);
  const unknown = unknownField(given, SCHEMAS.policy as Shape);
  if (unknown !== undefined)
    throw new AgentError('INVALID_DATA', `${path}: ${unknown}; gityard agent policy shows all there is`);
  const checked = validate('policy', structuredClone(given));
  if (checked.ok) return checked.value;
  throw new AgentError('INVALID_DATA', `${path}: ${checked.reason}; mend it, or use gityard agent allow`);
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
}

function unknownField(value: unknown, shape: Shape, place: readonly string[] = []): string | undefined {
  if (Array.isArray(value)) {
    const { items } = shape;
    return (
      items && value.map((it, at) => unknownField(it, items, [...place, String(at)])).find((it) => it !== undefined)
    );
  }
  const { properties } = shape;
  if (!properties || typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!known) return unknownText([...place, key].join('.'), didYouMean(key, Object.keys(properties)));
    const deeper = unknownField(inner, known, [...place, key]);
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}

const unknownText = (field: string, near: string | undefined): string =>
  `there is no setting ${JSON.stringify(field)}${near ? `, did you mean ${near}?` : ''}`;
