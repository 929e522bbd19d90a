/** Hands a text to the person as a file. */
export function saveFile(text: string, { name, type }: { readonly name: string; readonly type: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name.replace(/[^\w.-]+/g, '-') });
  link.click();
  URL.revokeObjectURL(url);
}
