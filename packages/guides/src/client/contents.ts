/** Marks in the contents beside a page which of its sections is being read. */

export function markContents(): void {
  const links = new Map(
    [...document.querySelectorAll<HTMLAnchorElement>('.contents a')].map((link) => [link.hash.slice(1), link]),
  );
  const seen = new IntersectionObserver(
    (entries) => {
      const reached = entries.find(({ isIntersecting }) => isIntersecting)?.target.id;
      if (reached === undefined) return;
      for (const [slug, link] of links) link.toggleAttribute('data-here', slug === reached);
    },
    { rootMargin: '-72px 0px -70% 0px' },
  );
  for (const slug of links.keys()) {
    const heading = document.getElementById(decodeURIComponent(slug));
    if (heading) seen.observe(heading);
  }
}
