/** What belongs to the request in hand, for whoever logs. Next bundles code twice, so it hangs on the process. */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface RequestScope {
  /** Names the request in its answer, on error pages and in the log. */
  id: string;
  /** The signed-in person's number, once somebody asked who it is. */
  personId?: number;
  /** The machine's key, once it was read. */
  keyId?: number;
}

const holder = globalThis as { weirRequests?: AsyncLocalStorage<RequestScope> };
holder.weirRequests ??= new AsyncLocalStorage();
const requests = holder.weirRequests;

/** From here on everything of this request finds its scope. For the start of a request alone. */
export const enterRequest = (scope: RequestScope): void => requests.enterWith(scope);

/** The request in hand; undefined outside of any, as in the worker. */
export const requestScope = (): RequestScope | undefined => requests.getStore();
