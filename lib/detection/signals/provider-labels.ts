/**
 * Hypothesis: the provider's own classifiers see what our sketch cannot: a label that a group's exchanges carry far
 * more often than anybody else's says something of the group.
 * Formula: for each label the members that carry it on a tenth of their exchanges or more, against benign accounts;
 * the label that speaks most counts. A label that names a pattern class decides that class at the door as well.
 * Known false positives: labels of topics (a course on chemistry); what a label means is the provider's to know.
 * Source: the provider.
 */
import { GROUP_KINDS } from './group-kinds';
import { accountsOf, againstBenign, type GroupSignal, mostTelling, UNKNOWN } from './signal';

const SHARE = 0.1;
/** Labels beyond the most frequent are not looked at: free text that came as labels must not stop a run. */
const MOST_LABELS = 100;

export const providerLabels: GroupSignal = {
  ...GROUP_KINDS.provider_labels,
  most: 4,
  prepare({ graph, snapshot, behaviour: { labels }, benign }) {
    if (!labels) return undefined;
    const totals = new Float64Array(labels.names.length);
    labels.name.forEach((label, i) => {
      totals[label]! += labels.count[i]!;
    });
    const frequent = [...totals.keys()]
      .sort((a, b) => totals[b]! - totals[a]! || a - b)
      .slice(0, MOST_LABELS);
    const readers = frequent.map((label) => {
      const shows = Uint8Array.from({ length: graph.units }, (_, unit) => {
        let exchanges = 0;
        let carrying = 0;
        for (const account of accountsOf(graph, unit)) {
          exchanges += snapshot.activity.exchanges[account]!;
          for (let i = labels.offsets[account]!; i < labels.offsets[account + 1]!; i++)
            if (labels.name[i] === label) carrying += labels.count[i]!;
        }
        if (exchanges === 0) return UNKNOWN;
        return carrying >= SHARE * exchanges ? 1 : 0;
      });
      return againstBenign(shows, benign);
    });
    return (units) => mostTelling(readers.map((read) => read(units)));
  },
};
