import about from '@/package.json';
import { describeApi } from './describe-api';
import type { ApiDocument } from './document-schema';

/** The description of this Weir: its version, at the address that people use. */
export const readApi = (): ApiDocument => describeApi(about.version, process.env.NEXTAUTH_URL);
