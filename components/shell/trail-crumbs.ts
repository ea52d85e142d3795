import { showInvisible } from '@/components/ui/format';
import { type NamedStep, trailHref } from '@/lib/clusters/trail-schema';
import type { Crumb } from './page-header';

/** The way as a breadcrumb, each step with the way that leads to it. */
export function trailCrumbs(way: readonly NamedStep[]): Crumb[] {
  return way.map((step, index) => ({
    label: showInvisible(step.label),
    href: trailHref(step, way.slice(0, index)),
  }));
}
