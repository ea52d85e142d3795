import { describe, expect, test } from 'vitest';
import { readRoutes, routeOf } from './route-of';

const routes = readRoutes(
  JSON.stringify({
    staticRoutes: [
      { page: '/', regex: '^/(?:/)?$' },
      { page: '/clusters', regex: '^/clusters(?:/)?$' },
      { page: '/clusters/muted', regex: '^/clusters/muted(?:/)?$' },
    ],
    dynamicRoutes: [
      { page: '/clusters/[id]', regex: '^/clusters/([^/]+?)(?:/)?$' },
      { page: '/taxii2/[[...path]]', regex: '^/taxii2(?:/(.+?))?(?:/)?$' },
    ],
  }),
);

describe('routeOf()', () => {
  test.each([
    ['/', '/'],
    ['/clusters?account=acct_secret', '/clusters'],
    ['/clusters/muted', '/clusters/muted'],
    ['/clusters/17?tab=accounts#x', '/clusters/[id]'],
    ['/taxii2/', '/taxii2/[[...path]]'],
    ['/_next/static/chunks/1.js', 'static'],
    ['/theme.js', 'static'],
    ['/wp-login.php', 'other'],
    ['/clusters/1/2/3', 'other'],
    ['http://evil.example/', 'other'],
    ['', 'other'],
  ])('takes %j for %s', (target, route) => {
    expect(routeOf(target, routes)).toBe(route);
  });

  test('knows none before the desk is built', () => {
    expect(routeOf('/clusters', null)).toBe('other');
  });
});
