/** What a commit says of itself, read by hand: the judge must not believe the reader of those who are judged. */
export interface Told {
  readonly parents: readonly string[];
  readonly message: string;
  readonly operations: readonly ToldOperation[];
}

export interface ToldOperation {
  readonly operation: string;
  readonly call: string | null;
  readonly token: number | null;
  readonly job: string | null;
}

export function toldBy(body: Uint8Array): Told {
  const text = Buffer.from(body).toString();
  const end = text.indexOf('\n\n');
  const message = text.slice(end + 2);
  const parents = [...text.slice(0, end).matchAll(/^parent (\w+)$/gm)].map(([, oid]) => oid ?? '');
  return {
    parents,
    message,
    operations: message
      .split(/^(?=Operation: )/m)
      .slice(1)
      .map(operationIn),
  };
}

function operationIn(text: string): ToldOperation {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? null;
  const token = field('Token');
  return {
    operation: field('Operation') ?? '',
    call: field('Reason'),
    token: token === null ? null : Number(token),
    job: field('Job'),
  };
}
