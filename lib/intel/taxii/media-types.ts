/** Media types of TAXII 2.1 (section 1.6.8). Pure. */

export const TAXII_TYPE = 'application/taxii+json;version=2.1';
export const STIX_TYPE = 'application/stix+json;version=2.1';

interface MediaType {
  type: string;
  version: string | null;
  q: number;
}

function readMediaType(text: string): MediaType {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const value = (name: string) => {
    const found = parameters.find((each) => each.toLowerCase().startsWith(`${name}=`));
    return found === undefined ? null : found.slice(name.length + 1).replaceAll('"', '');
  };
  const q = value('q');
  return { type: type.toLowerCase(), version: value('version'), q: q === null ? 1 : Number(q) };
}

/** True when an Accept header takes what we answer: TAXII without a version or of version 2.1, or anything. */
export function acceptsTaxii(header: string | null): boolean {
  if (header === null || header.trim() === '') return true;
  return header
    .split(',')
    .map(readMediaType)
    .some(
      ({ type, version, q }) =>
        q > 0 &&
        (type === '*/*' ||
          type === 'application/*' ||
          (type === 'application/taxii+json' && (version === null || version === '2.1'))),
    );
}

/** True when a body is said to be TAXII 2.1. */
export function isTaxiiBody(header: string | null): boolean {
  if (header === null) return false;
  const { type, version } = readMediaType(header);
  return type === 'application/taxii+json' && (version === null || version === '2.1');
}
