/** A thing that is made when it is first asked for, and then kept; what failed is tried again when it is asked for the next time. */
export interface Once<T> {
  (): Promise<T>;
  /** The thing, if it was ever made; a failed making made nothing. */
  opened(): Promise<T | undefined>;
}

export function openOnce<T>(make: () => T | Promise<T>): Once<T> {
  let made: Promise<T> | undefined;
  const get = (): Promise<T> => {
    if (made) return made;
    const making = Promise.resolve(make());
    made = making;
    making.catch(() => {
      if (made === making) made = undefined;
    });
    return making;
  };
  return Object.assign(get, {
    opened: () => (made ? made.catch(() => undefined) : Promise.resolve(undefined)),
  });
}
