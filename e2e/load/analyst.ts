/** One of many who read and decide over HTTP, with a session of their own, as a browser would. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '@/lib/simulation/random';

export type Kind = 'read' | 'decide';

/** One request and what came of it. Times are performance.now(). */
export interface Sample {
  kind: Kind;
  what: string;
  began: number;
  ended: number;
  /** HTTP status; 0 without an answer. */
  status: number;
  /** What was wrong with it: a failure of the server, never a refusal in words. */
  trouble: string | null;
}

export type Outcome = 'done' | 'refused' | 'unknown';

/** A decision that was sent, with words that no other has, by which the audit and the tables are searched. */
export interface Decision {
  words: string;
  clusterId: number;
  personId: number;
  verb: 'comment' | 'confirm' | 'dismiss' | 'reopen';
  outcome: Outcome;
}

export interface Ledger {
  samples: Sample[];
  decisions: Decision[];
}

export interface ActionIds {
  comment: string;
  decide: string;
}

/** Longer than anybody would wait: how long it took is a figure, that it came is the test. */
const ANSWER_WITHIN_MS = 300_000;
const VERDICTS = ['confirm', 'dismiss', 'dismiss', 'reopen'] as const;

export class Analyst {
  private made = 0;

  constructor(
    /** Addresses of the web servers, asked in turn under one session. */
    private readonly desks: readonly string[],
    private readonly cookie: string,
    private readonly personId: number,
    private readonly clusters: readonly number[],
    private readonly actions: ActionIds,
    private readonly random: Random,
    private readonly ledger: Ledger,
  ) {}

  /** Looks around and decides, with pauses as people make them. @param thinkMs the longest pause */
  async work(signal: AbortSignal, thinkMs: number): Promise<void> {
    // Nobody begins at the same moment.
    await pause(this.random.between(0, thinkMs), undefined, { signal }).catch(() => {});
    while (!signal.aborted) {
      await this.step();
      await pause(this.random.between(thinkMs / 4, thinkMs), undefined, { signal }).catch(() => {});
    }
  }

  private async step(): Promise<void> {
    const cluster = this.clusters[Math.floor(this.random.between(0, this.clusters.length))] ?? 1;
    const turn = this.random.between(0, 1);
    if (turn < 0.25) return this.read('queue', '/api/clusters/list');
    if (turn < 0.4) return this.read('shell', '/api/desk');
    if (turn < 0.5) return this.read('accounts', `/api/clusters/${cluster}/accounts`);
    if (turn < 0.6) return this.read('timeline', `/api/clusters/${cluster}/timeline`);
    if (turn < 0.7) return this.read('cluster page', `/clusters/${cluster}`);
    if (turn < 0.75) return this.read('queue page', '/clusters');
    return this.decide(cluster);
  }

  private async read(what: string, path: string): Promise<void> {
    await this.ask('read', what, path, {}, (_, status) => (status === 200 ? null : `status ${status}`));
  }

  private async decide(clusterId: number): Promise<void> {
    const words = `soak ${this.personId} ${++this.made} ${Math.floor(this.random.between(0, 1e9))}`;
    const comments = this.random.between(0, 1) < 0.4;
    const verdict = VERDICTS[Math.floor(this.random.between(0, VERDICTS.length))] ?? 'confirm';
    const reasonCode = { confirm: 'distillation', dismiss: 'company', reopen: 'person' }[verdict];
    const decision: Decision = {
      words,
      clusterId,
      personId: this.personId,
      verb: comments ? 'comment' : verdict,
      outcome: 'unknown',
    };
    this.ledger.decisions.push(decision);
    const input = comments ? { clusterId, body: words } : { verdict, clusterId, reasonCode, reason: words };
    const id = comments ? this.actions.comment : this.actions.decide;
    await this.ask(
      'decide',
      comments ? 'comment' : 'verdict',
      `/clusters/${clusterId}`,
      {
        method: 'POST',
        headers: { 'next-action': id, 'content-type': 'text/plain' },
        body: JSON.stringify([input]),
      },
      (text, status) => {
        const code = /"ok":false,"code":"(\w+)"/.exec(text)?.[1];
        if (status === 200 && text.includes('"ok":true')) decision.outcome = 'done';
        else if (code === 'conflict' || code === 'not_found' || code === 'bad_input')
          decision.outcome = 'refused';
        else return `status ${status}, ${code ?? text.slice(0, 80)}`;
        return null;
      },
    );
  }

  private async ask(
    kind: Kind,
    what: string,
    path: string,
    init: RequestInit,
    judge: (text: string, status: number) => string | null,
  ): Promise<void> {
    const sample: Sample = { kind, what, began: performance.now(), ended: 0, status: 0, trouble: null };
    const desk = this.desks[Math.floor(this.random.between(0, this.desks.length))] ?? '';
    try {
      const answer = await fetch(desk + path, {
        ...init,
        headers: { ...init.headers, cookie: this.cookie, origin: desk },
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const text = await answer.text();
      sample.status = answer.status;
      sample.trouble = judge(text, answer.status);
    } catch (error) {
      sample.trouble = error instanceof Error ? `${error.name} ${error.message}` : String(error);
    }
    sample.ended = performance.now();
    this.ledger.samples.push(sample);
  }
}
