/** A thing that is made when it is first asked for, and then kept. */
export interface Once<T> {
  (): Promise<T>;
  /** The thing, if it was ever made; a failed making made nothing. */
  opened(): Promise<T | undefined>;
}

export function openOnce<T>(make: () => T | Promise<T>): Once<T> {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => {
    made ??= Promise.resolve(make());
    return made;
  };
  return Object.assign(get, {
    opened: () => (made ? made.catch(() => undefined) : Promise.resolve(undefined)),
  });
}
