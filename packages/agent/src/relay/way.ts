/** Where the relay is for those who bring it something, as one thread tells the other. Tells only what changed. */
export class Way {
  private known: string | undefined;
  private readonly listeners = new Set<(url: string | undefined) => void>();

  get url(): string | undefined {
    return this.known;
  }

  leadTo(url: string | undefined): void {
    if (url === this.known) return;
    this.known = url;
    for (const listener of this.listeners) listener(url);
  }

  onChange(listener: (url: string | undefined) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
