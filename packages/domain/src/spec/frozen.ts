/** Freezes a value to its depth, so that a spec notices whoever writes into what it was only given to read. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  for (const part of parts) frozen(part);
  return value;
}
