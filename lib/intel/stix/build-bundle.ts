/** Material to STIX objects, without versions. Pure: the same material gives the same objects in the same order. */

import { clusterRef } from '@/lib/clusters/rules';
import { PATTERN_CLASSES } from '@/lib/records/pattern-classes';
import { buildValue } from './build-value';
import { EXTENSION_AUTHOR, EXTENSION_DEFINITION, EXTENSION_ID } from './extension';
import { objectId } from './ids';
import { tlpMarking } from './markings';
import type { CampaignMaterial, ClusterMaterial, Material, Sighted, Volume } from './material';
import type { UnstampedObject } from './schema';

const MOST_OBSERVED = 999_999_999;

/** Everything that leaves, report or grouping last. */
export function buildObjects(material: Material): UnstampedObject[] {
  const { campaign, clusters, values } = material;
  const make = maker(material);
  const marking = tlpMarking(material.tlp);
  const frame: UnstampedObject[] = [marking, EXTENSION_AUTHOR, EXTENSION_DEFINITION, make.producer()];
  const content: UnstampedObject[] = [];
  if (campaign) content.push(...make.campaign(campaign, clusters));
  for (const cluster of clusters) content.push(make.infrastructure(cluster));
  for (const value of values) {
    const confirmed = clusters.some(({ id, confirmed }) => confirmed && value.clusterIds.includes(id));
    const built = buildValue(value, { ...make.common, confirmed, hashKey: material.hashKey });
    if (!built) continue;
    const { indicator, observed } = built;
    content.push(indicator);
    if (observed)
      content.push(
        observed.observable,
        observed.data,
        make.relate('based-on', indicator.id, observed.data.id),
      );
    for (const clusterId of value.clusterIds) {
      const infrastructure = make.infrastructureId(clusterId);
      content.push(make.relate('indicates', indicator.id, infrastructure));
      if (observed) content.push(make.relate('consists-of', infrastructure, observed.observable.id));
    }
  }
  for (const each of material.sightings) content.push(make.sighting(each));
  const objects = once(content);
  const refs = objects.map(({ id }) => id);
  return [...frame, ...objects, make.cover(campaign, clusters, refs)];
}

/** Two values may be one address in different words: it stands once. */
function once(objects: UnstampedObject[]): UnstampedObject[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}

function maker({ namespace, producer, tlp }: Material) {
  const idOf = <T extends string>(type: T, name: string) => objectId(namespace, type, name);
  const common = {
    namespace,
    created_by_ref: idOf('identity', 'producer'),
    object_marking_refs: [tlpMarking(tlp).id] as string[],
  };
  const { created_by_ref, object_marking_refs } = common;
  const sdo = <T extends string>(type: T, name: string) => ({
    type,
    spec_version: '2.1' as const,
    id: idOf(type, name),
    created_by_ref,
    object_marking_refs,
  });
  const infrastructureId = (clusterId: number) => idOf('infrastructure', `cluster ${clusterId}`);
  const relate = (
    relationship_type: 'attributed-to' | 'uses' | 'indicates' | 'consists-of' | 'based-on',
    source_ref: string,
    target_ref: string,
    more: { confidence?: number } = {},
  ) => ({
    ...sdo('relationship', `${relationship_type} ${source_ref} ${target_ref}`),
    relationship_type,
    source_ref,
    target_ref,
    ...more,
  });
  return {
    common,
    infrastructureId,
    relate,
    producer: () => ({
      type: 'identity' as const,
      spec_version: '2.1' as const,
      id: created_by_ref,
      name: producer.name,
      identity_class: 'organization' as const,
      ...(producer.contact && { contact_information: producer.contact }),
      object_marking_refs,
    }),
    campaign(campaign: CampaignMaterial, clusters: readonly ClusterMaterial[]): UnstampedObject[] {
      const { attribution } = campaign;
      const object = {
        ...sdo('campaign', `campaign ${campaign.id}`),
        name: campaign.name,
        ...(campaign.summary !== '' && { description: campaign.summary }),
        ...seen(campaign.volume),
        objective: 'Training of another model on the answers of this one (distillation).',
        confidence: Math.max(0, ...clusters.map(clusterConfidence)),
        extensions: { [EXTENSION_ID]: volumeProperties(campaign.volume) },
      };
      const objects: UnstampedObject[] = [object];
      for (const { id } of clusters) objects.push(relate('uses', object.id, infrastructureId(id)));
      if (!attribution) return objects;
      const actor = {
        ...sdo('threat-actor', `actor ${attribution.actorId}`),
        name: attribution.actor,
        ...(attribution.aliases.length > 0 && { aliases: attribution.aliases }),
        confidence: attribution.confidence,
      };
      const { confidence } = attribution;
      return [...objects, actor, relate('attributed-to', object.id, actor.id, { confidence })];
    },
    infrastructure: (cluster: ClusterMaterial): UnstampedObject => ({
      ...sdo('infrastructure', `cluster ${cluster.id}`),
      name: cluster.name,
      description: `Accounts at a provider of language models that act as one (${clusterRef(cluster.id)}).`,
      infrastructure_types: ['unknown'],
      ...seen(cluster.volume),
      confidence: clusterConfidence(cluster),
      extensions: {
        [EXTENSION_ID]: {
          ...volumeProperties(cluster.volume),
          quadrant: cluster.quadrant,
          review: cluster.confirmed ? 'confirmed' : 'unconfirmed',
        },
      },
    }),
    /** Its indicator is the partner's own: it is named, not repeated. */
    sighting: ({ stixId, accounts, firstDay, lastDay }: Sighted): UnstampedObject => ({
      ...sdo('sighting', stixId),
      first_seen: firstDay.toISOString(),
      last_seen: lastDay.toISOString(),
      count: Math.min(accounts, MOST_OBSERVED),
      sighting_of_ref: stixId,
      where_sighted_refs: [created_by_ref],
    }),
    cover(
      campaign: CampaignMaterial | null,
      clusters: readonly ClusterMaterial[],
      refs: string[],
    ): UnstampedObject {
      if (campaign) {
        return {
          ...sdo('report', `campaign ${campaign.id}`),
          name: campaign.name,
          ...(campaign.summary !== '' && { description: campaign.summary }),
          report_types: ['campaign'],
          // The day of its first version; set when it leaves.
          published: '',
          object_refs: refs,
        };
      }
      const [cluster] = clusters;
      return {
        ...sdo('grouping', `cluster ${cluster?.id}`),
        name: cluster?.name ?? '',
        context: 'suspicious-activity',
        object_refs: refs,
      };
    },
  };
}

/** How sure it is that these accounts act as one: detection's own bound, half of it while nobody confirmed it. */
function clusterConfidence({ retentionLow, confirmed }: ClusterMaterial): number {
  return Math.min(95, Math.max(0, Math.round(100 * retentionLow * (confirmed ? 1 : 0.5))));
}

function seen({ firstAt, lastAt }: Volume) {
  return {
    ...(firstAt && { first_seen: firstAt.toISOString() }),
    ...(lastAt && { last_seen: lastAt.toISOString() }),
  };
}

function volumeProperties({ accounts, exchanges, inputTokens, outputTokens, classes }: Volume) {
  const total = classes.reduce((sum, value) => sum + value, 0);
  const share = (value: number) => Math.round((value / total) * 1_000) / 1_000;
  const shown = PATTERN_CLASSES.map((name, index) => [name, classes[index] ?? 0] as const).filter(
    ([, n]) => n > 0,
  );
  return {
    extension_type: 'property-extension' as const,
    accounts,
    exchanges,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    pattern_classes: Object.fromEntries(shown.map(([name, value]) => [name, share(value)])),
  };
}
