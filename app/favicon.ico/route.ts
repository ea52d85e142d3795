/** Browsers ask for this address before they have read a page; the mark is an SVG. */
export function GET(): Response {
  return new Response(null, {
    status: 308,
    headers: { location: '/mark.svg', 'cache-control': 'public, max-age=86400' },
  });
}
