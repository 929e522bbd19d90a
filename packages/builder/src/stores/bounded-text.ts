/** The text of an answer, no further than anybody reads: what comes behind is not fetched. */
export async function boundedText({ body }: Response, mostBytes: number): Promise<{ text: string; isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let left = mostBytes;
  for await (const chunk of body ?? []) {
    chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
    if (left < 0) break;
  }
  return { text: Buffer.concat(chunks).toString('utf8'), isWhole: left >= 0 };
}
