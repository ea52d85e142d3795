/** From an address to its route, of which there are as many as the desk has: what strangers ask for is one. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const route = z.object({ page: z.string(), regex: z.string() });
const manifestSchema = z.object({ staticRoutes: z.array(route), dynamicRoutes: z.array(route) });

const FILES = /^\/(_next\/static\/|fonts\/)|^\/[\w-]+\.(ico|js|png|svg|txt)$/;

interface Routes {
  fixed: Set<string>;
  patterns: { page: string; pattern: RegExp }[];
}

/** @param manifest the text of Next's routes-manifest.json */
export function readRoutes(manifest: string): Routes {
  const { staticRoutes, dynamicRoutes } = manifestSchema.parse(JSON.parse(manifest));
  return {
    fixed: new Set(staticRoutes.map(({ page }) => page)),
    patterns: dynamicRoutes.map(({ page, regex }) => ({ page, pattern: new RegExp(regex) })),
  };
}

let built: Routes | null | undefined;

/** The route of a request's target, "static" for files, "other" for what leads nowhere. */
export function routeOf(target: string, routes: Routes | null = fromBuild()): string {
  const [pathname = ''] = target.split(/[?#]/, 1);
  if (FILES.test(pathname)) return 'static';
  if (!routes) return 'other';
  if (routes.fixed.has(pathname)) return pathname;
  return routes.patterns.find(({ pattern }) => pattern.test(pathname))?.page ?? 'other';
}

/** While developing there is none. */
function fromBuild(): Routes | null {
  if (built !== undefined) return built;
  try {
    built = readRoutes(readFileSync(path.join(process.cwd(), '.next', 'routes-manifest.json'), 'utf8'));
  } catch {
    built = null;
  }
  return built;
}
