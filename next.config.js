/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  devIndicators: false,
  // TAXII's addresses end with a slash, and a client must not be sent elsewhere for it.
  skipTrailingSlashRedirect: true,
  // A pasted list of account ids may be long.
  experimental: { serverActions: { bodySizeLimit: '17mb' } },
  // Native modules, worker threads and files found by path at run time: they stay outside the bundle.
  serverExternalPackages: [
    '@node-rs/argon2',
    'graphile-worker',
    'pg',
    'pg-copy-streams',
    'pino',
    'prom-client',
  ],
  headers: async () => [
    {
      source: '/fonts/:path*',
      headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }],
    },
  ],
};

export default config;
