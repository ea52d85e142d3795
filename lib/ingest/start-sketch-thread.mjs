/** A thread does not inherit its process's way of reading TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./sketch-thread.ts');
