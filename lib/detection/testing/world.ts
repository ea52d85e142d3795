/** Builds snapshots for tests from who was seen with what, and small worlds of attackers and bystanders. */
import { seededRandom } from '../random';
import type { Findings, FoundCluster, Snapshot } from '../schema';

const CLASSES = ['reasoning_elicitation', 'rubric_grading', 'code_tasks', 'other'];
const EXTRACTION = ['reasoning_elicitation', 'rubric_grading'];
const DAY = 96;

export class World {
  readonly random: () => number;
  private readonly accounts = new Map<string, number>();
  private readonly kinds = new Map<string, number>();
  private readonly values = new Map<string, { kind: number; id: string; index: number }>();
  private readonly links = new Map<string, { account: number; value: number; count: number }>();
  private readonly organization = new Map<number, string>();
  private readonly content = new Map<number, Float64Array>();
  private readonly binsOf = new Map<number, Set<number>>();

  constructor(seed = 1) {
    this.random = seededRandom(seed);
  }

  account(id: string, organization?: string): number {
    const index = this.accounts.get(id) ?? this.accounts.size;
    this.accounts.set(id, index);
    if (organization) this.organization.set(index, organization);
    return index;
  }

  seen(id: string, kind: string, value: string, count = 1): void {
    const account = this.account(id);
    if (!this.kinds.has(kind)) this.kinds.set(kind, this.kinds.size);
    const key = `${kind} ${value}`;
    const entry = this.values.get(key) ?? { kind: this.kinds.get(kind)!, id: value, index: this.values.size };
    this.values.set(key, entry);
    const link = this.links.get(`${account} ${entry.index}`);
    if (link) link.count += count;
    else this.links.set(`${account} ${entry.index}`, { account, value: entry.index, count });
  }

  /** Exchanges of which `extraction` (a share) are of extraction classes. */
  exchanges(id: string, count: number, extraction: number): void {
    const row = new Float64Array(CLASSES.length);
    row[0] = Math.round(count * extraction);
    row[3] = count - row[0];
    this.content.set(this.account(id), row);
  }

  active(id: string, bin: number): void {
    const account = this.account(id);
    const bins = this.binsOf.get(account) ?? new Set();
    this.binsOf.set(account, bins.add(bin));
  }

  pick(n: number): number {
    return Math.floor(this.random() * n);
  }

  /** What a person has for itself: card, phone, device, home address, and a share of harmless traffic. */
  person(id: string, own: { payment?: boolean; phone?: boolean; device?: boolean } = {}): void {
    if (own.payment !== false) this.seen(id, 'payment', `pm-${id}`);
    if (own.phone !== false) this.seen(id, 'phone', `ph-${id}`);
    if (own.device !== false) this.seen(id, 'device', `dev-${id}`);
    this.seen(id, 'template', `tpl-${id}`, 3);
    this.seen(id, 'client_fingerprint', this.pick(3) === 0 ? 'sdk-b' : 'sdk-a', 20);
    this.exchanges(id, 30, this.random() * 0.1);
    const start = 28 + this.pick(20);
    for (let day = 0; day < 5; day++) {
      for (let i = 0; i < 8; i++) this.active(id, day * DAY + start + this.pick(32));
    }
  }

  people(prefix: string, n: number): string[] {
    const ids = Array.from({ length: n }, (_, i) => `${prefix}-${i}`);
    for (const id of ids) {
      this.person(id);
      this.seen(id, 'ip', `home-${id}`);
    }
    return ids;
  }

  /** Students behind one address, on common browsers; an assignment that all of them paste. */
  university(
    prefix: string,
    n: number,
    own: { payment?: boolean; phone?: boolean; device?: boolean } = {},
  ): void {
    for (let i = 0; i < n; i++) {
      const id = `${prefix}-${i}`;
      this.person(id, own);
      for (let day = 0; day < 5; day++) this.seen(id, 'ip', `${prefix}-nat day ${day}`, 4);
      this.seen(id, 'prefix', `${prefix}-net`);
      this.seen(id, 'template', `${prefix}-assignment`, 2);
    }
  }

  snapshot(): Snapshot {
    const n = this.accounts.size;
    const values = [...this.values.values()];
    const links = [...this.links.values()];
    const firstOf = new Map<string, number>();
    const byClass = new Float64Array(n * CLASSES.length);
    for (const [account, row] of this.content) byClass.set(row, account * CLASSES.length);
    const bins = Array.from({ length: n }, (_, i) => [...(this.binsOf.get(i) ?? [])].sort((a, b) => a - b));
    const offsets = new Int32Array(n + 1);
    bins.forEach((own, i) => {
      offsets[i + 1] = offsets[i]! + own.length;
    });
    return {
      accountIds: [...this.accounts.keys()],
      entity: Int32Array.from({ length: n }, (_, i) => {
        const organization = this.organization.get(i);
        if (organization === undefined) return i;
        const first = firstOf.get(organization) ?? i;
        firstOf.set(organization, first);
        return first;
      }),
      kinds: [...this.kinds.keys()],
      valueIds: values.map(({ id }) => id),
      valueKind: Uint16Array.from(values, ({ kind }) => kind),
      valueAccount: Int32Array.from(values, ({ id }) => this.accounts.get(id) ?? -1),
      links: {
        account: Int32Array.from(links, ({ account }) => account),
        value: Int32Array.from(links, ({ value }) => value),
        count: Float64Array.from(links, ({ count }) => count),
      },
      activity: {
        exchanges: Float64Array.from(
          { length: n },
          (_, i) => this.content.get(i)?.reduce((a, b) => a + b) ?? 0,
        ),
        outputTokens: new Float64Array(n),
        byClass,
        createdAt: new Float64Array(n).fill(Number.NaN),
        firstSeen: new Float64Array(n).fill(Number.NaN),
        lastSeen: new Float64Array(n).fill(Number.NaN),
      },
      classes: CLASSES,
      extractionClasses: EXTRACTION,
      ...(this.binsOf.size > 0 ? { bins: { offsets, bins: Int32Array.from(bins.flat()) } } : {}),
    };
  }
}

/** Core and member accounts of a cluster whose id starts so. */
export function proposedOf(cluster: FoundCluster, snapshot: Snapshot, prefix = ''): string[] {
  return cluster.members
    .filter(({ role }) => role !== 'weak')
    .map(({ account }) => snapshot.accountIds[account]!)
    .filter((id) => id.startsWith(prefix));
}

/** How many accounts whose id starts so are proposed anywhere. */
export function flagged(findings: Findings, snapshot: Snapshot, prefix: string): number {
  return findings.clusters.reduce((n, cluster) => n + proposedOf(cluster, snapshot, prefix).length, 0);
}

/** The clusters that hold accounts whose id starts so, largest share first. */
export function clustersOf(findings: Findings, snapshot: Snapshot, prefix: string): FoundCluster[] {
  return findings.clusters
    .filter((cluster) => proposedOf(cluster, snapshot, prefix).length > 0)
    .sort((a, b) => proposedOf(b, snapshot, prefix).length - proposedOf(a, snapshot, prefix).length);
}
