/** Which reader the options of `weir ingest` ask for. */
import { readFileSync } from 'node:fs';
import type { Adapter } from '@/lib/records/adapters/adapter';
import { litellmAdapter } from '@/lib/records/adapters/litellm';
import { mappedAdapter } from '@/lib/records/adapters/mapped';
import { readMapping } from '@/lib/records/adapters/mapping';
import { otlpAdapter } from '@/lib/records/adapters/otlp';
import { UsageError } from './usage';

/** A new adapter for each file; undefined for our own NDJSON. */
export type AdapterFactory = () => Adapter | undefined;

/**
 * @throws UsageError for an unknown format, or a mapping without its format and the other way round
 * @throws AppError bad_input when the mapping file is wrong
 */
export function chooseFormat(format: string, mappingFile: string | undefined): AdapterFactory {
  if (mappingFile !== undefined && format !== 'mapped') {
    throw new UsageError('--mapping goes with --format mapped');
  }
  switch (format) {
    case 'weir':
      return () => undefined;
    case 'litellm':
      return litellmAdapter;
    case 'otlp':
      return otlpAdapter;
    case 'mapped': {
      if (mappingFile === undefined) throw new UsageError('--format mapped needs --mapping FILE');
      const mapping = readMapping(readFileSync(mappingFile, 'utf8'));
      return () => mappedAdapter(mapping);
    }
    default:
      throw new UsageError(`--format ${format} is not known; weir, litellm, otlp and mapped are`);
  }
}
