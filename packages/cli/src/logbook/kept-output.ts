/** The beginning and the end of what a command prints, however much that is. */
const HEAD_BYTES = 32 << 10;
const TAIL_BYTES = 160 << 10;

export class KeptOutput {
  private head = Buffer.alloc(0);
  private tail = Buffer.alloc(0);
  private totalBytes = 0;

  add(chunk: Buffer): void {
    this.totalBytes += chunk.length;
    const room = HEAD_BYTES - this.head.length;
    if (room > 0) this.head = Buffer.concat([this.head, chunk.subarray(0, room)]);
    if (chunk.length > room)
      this.tail = Buffer.concat([this.tail, chunk.subarray(Math.max(0, room))]).subarray(-TAIL_BYTES);
  }

  kept(): { readonly output: string; readonly outputBytes: number } {
    const lost = this.totalBytes - this.head.length - this.tail.length;
    const gap = lost > 0 ? `\n[… ${lost} bytes left out …]\n` : '';
    const text = `${this.head.toString('utf8')}${gap}${this.tail.toString('utf8')}`;
    return { output: text, outputBytes: this.totalBytes };
  }
}
