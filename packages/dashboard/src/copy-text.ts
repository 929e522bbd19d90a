/** Puts a text where the person can paste it. Answers whether it is there: a browser without a safe connection has no such place. */
export async function copyText(text: string): Promise<boolean> {
  // Typed as always there; it is not.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  return await clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

export const NOT_COPIED = 'The browser does not let the page copy';
