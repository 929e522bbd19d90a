/** The `Content-Disposition` of a file that is to be saved (RFC 6266): the name in plain letters, and in full for those who read it so. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. +()-]/g, '_');
  const full = encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '_')).replaceAll(/['()*]/g, escaped);
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}

const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
