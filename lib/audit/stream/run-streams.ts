/** The streams of a worker: each goes on as fast as its place takes entries, and waits when it does not. */
import { setTimeout as delay } from 'node:timers/promises';
import { readDestinations, type StreamDestination, targetOf } from './read-destinations';
import { streamRound } from './stream-round';

const LOOK_MS = 1_000;

/** Streams until the signal. Problems are told once each and tried again. */
export async function runStreams(signal: AbortSignal, tell: (problem: string) => void): Promise<void> {
  let destinations: StreamDestination[];
  try {
    destinations = readDestinations(process.env);
  } catch (error) {
    tell(wordsOf(error));
    return;
  }
  await Promise.all(destinations.map((destination) => runStream(destination, signal, tell)));
}

async function runStream(
  destination: StreamDestination,
  signal: AbortSignal,
  tell: (problem: string) => void,
): Promise<void> {
  let told = '';
  const tellOnce = (problem: string) => {
    if (problem !== '' && problem !== told) tell(`${targetOf(destination)}: ${problem}`);
    told = problem;
  };
  while (!signal.aborted) {
    try {
      const round = await streamRound(destination, signal);
      if (round.state === 'failed') tellOnce(round.problem);
      if (round.state === 'sent') {
        tellOnce('');
        continue;
      }
    } catch (error) {
      tellOnce(wordsOf(error));
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => {});
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
