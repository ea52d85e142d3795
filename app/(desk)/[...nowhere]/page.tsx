import { notFound } from 'next/navigation';

/** Any address that no page has: the desk stays around the words. */
export default function Nowhere(): never {
  notFound();
}
