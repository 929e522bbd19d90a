/** Enters a namespace into the settings of the yard, or changes what is said of it; and strikes one off. */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Namespace } from '../../entities/namespace.ts';
import { namespaceNamed } from '../../namespaces/namespace-of.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface SetNamespace {
  readonly name: string;
  /** What is left out stays as it is. */
  readonly wish: Partial<Omit<Namespace, 'quotas'>> & { readonly quotas?: Partial<Namespace['quotas']> };
  readonly reason: string | null;
  readonly now: Time;
}

export function setNamespace(state: State, { name, wish, reason }: SetNamespace): Decision<Namespace> {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(name))
    return refuse('INVALID_DATA', `${name} is no name: lower case letters, digits, ".", "_" and "-"`, [name]);
  const before = namespaceNamed(state.yard, name);
  const quotas = { ...before?.quotas, ...wish.quotas };
  const namespaces = { ...state.yard.namespaces, [name]: { ...before, ...wish, quotas } };
  const checked = validate('yard', JSON.parse(JSON.stringify({ ...state.yard, namespaces })));
  if (!checked.ok) return refuse('INVALID_DATA', `yard.json: ${checked.reason}`, [name]);
  const { value } = checked;
  const namespace = value.namespaces[name] as Namespace;
  if (before && JSON.stringify(before) === JSON.stringify(namespace))
    return accept(before, [], `namespace ${name} is so already`, { reason });
  const summary = `${before ? 'change' : 'enter'} namespace ${name}`;
  return accept(namespace, [{ kind: 'yard', id: 'yard', value }], summary, { reason });
}

export interface RemoveNamespace {
  readonly name: string;
  readonly reason: string | null;
  readonly now: Time;
}

export function removeNamespace({ yard }: State, { name, reason }: RemoveNamespace): Decision<Namespace> {
  const before = namespaceNamed(yard, name);
  if (!before) return refuse('NOT_FOUND', `there is no namespace ${name}`, [name]);
  const { [name]: _, ...namespaces } = yard.namespaces;
  const value = { ...yard, namespaces };
  return accept(before, [{ kind: 'yard', id: 'yard', value }], `remove namespace ${name}`, { reason });
}
