/** With a new hour a new point comes into the history, which is news: what is asked for is what comes of time within one. */
export async function withinAnHour<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    const hour = hourNow();
    const done = await act();
    if (hour === hourNow()) return done;
  }
}

const hourNow = () => new Date().toISOString().slice(0, 13);
