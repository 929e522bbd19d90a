/** Runs one compiled validator and turns its first complaint into a place and a sentence. Knows no entity. */

/** The shape of what `npm run schemas` compiles. */
export interface CompiledValidator {
  (data: unknown): boolean;
  errors?:
    | readonly {
        instancePath: string;
        keyword: string;
        message?: string;
        params: Record<string, unknown>;
      }[]
    | null;
}

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: string; readonly reason: string };

export function validateWith<T>(validator: CompiledValidator, data: unknown): Validated<T> {
  if (validator(data)) return { ok: true, value: data as T };
  const error = validator.errors?.[0];
  const at = error?.instancePath ?? '';
  const reason = error ? sentence(error) : 'does not fit its schema';
  return { ok: false, at, reason: `${at === '' ? 'the file' : at} ${reason}` };
}

type Complaint = NonNullable<CompiledValidator['errors']>[number];

function sentence({ keyword, message, params }: Complaint): string {
  if (keyword === 'enum')
    return `must be one of ${(params.allowedValues as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
  if (keyword === 'required') return `lacks "${String(params.missingProperty)}"`;
  return message ?? 'does not fit its schema';
}
