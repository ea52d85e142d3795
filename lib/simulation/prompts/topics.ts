/** The task list of a campaign: thousands of topics, none of which says how to treat it. */
import { mix32 } from '../random';

const FIELDS =
  `coral reef ecology;maritime insurance;wheat futures;municipal bonds;dairy farming;orbital mechanics;medieval trade routes;
antibiotic resistance;semiconductor lithography;urban drainage;cardiac physiology;alpine tourism;copper mining;bee colonies;
steel alloys;freight railways;monetary unions;plate tectonics;renal medicine;vineyard soils;satellite weather maps;tax treaties;
protein folding;harbour logistics;paper recycling;patent disputes;battery chemistry;grid frequency;river deltas;opera houses;
textile dyes;wind turbines;housing cooperatives;labour migration;fermented foods;glacier melt;rural clinics;radio astronomy;
bridge fatigue;fishing quotas;pension funds;vaccine cold chains;container ports;night trains;desert agriculture;tidal energy;
airline crews;cement kilns;coffee auctions;forest fires;game theory;graph colouring;prime lattices;queueing networks;
water rights;metro tunnels;insulin pumps;lake sediments;museum loans;seed banks`
    .split(/;\s*/)
    .map((field) => field.trim());

const ASPECTS =
  `seasonal prices;staffing costs;supply shocks;failure rates;public subsidies;long-run demand;equipment wear;
cross-border law;risk premiums;regional gaps;energy intensity;capital outlays;waste streams;survey bias;historical roots;
insurance losses;apprentice wages;labour disputes;maintenance backlogs;carbon footprints;price elasticity;mortality figures;
bottleneck capacity;export duties;local ownership;material shortages;noise complaints;safety margins;leasing terms;soil salinity;
fuel hedges;ticket revenue;spare parts;weather damage;credit spreads;patient outcomes;harvest yields;audit trails;
migration patterns;water tables`
    .split(/;\s*/)
    .map((aspect) => aspect.trim());

const PLACES =
  `coastal Peru;northern Italy;the Baltic ports;Kyushu;rural Kenya;the Rhine valley;Nova Scotia;Tasmania;Gujarat;Patagonia;
the Black Sea;Oaxaca;Flanders;the Mekong;Anatolia;Quebec;the Sahel;Scotland;Hokkaido;Andalusia;Moravia;the Great Lakes;Luzon;
Lapland;Bohemia;the Cape;Thessaly;Bavaria;Sumatra;the Azores`
    .split(/;\s*/)
    .map((place) => place.trim());

export const TOPIC_COUNT = FIELDS.length * ASPECTS.length * PLACES.length;

/** The topic of a task, the same for the same task; neighbouring tasks have unrelated topics. */
export function topicOf(task: number): string {
  // 50,021 is prime to the number of topics, so that a whole round meets each of them once.
  const index = (task * 50_021) % TOPIC_COUNT;
  const field = FIELDS[index % FIELDS.length];
  const aspect = ASPECTS[Math.floor(index / FIELDS.length) % ASPECTS.length];
  const place = PLACES[Math.floor(index / (FIELDS.length * ASPECTS.length))];
  return `${aspect} of ${field} around ${place}`;
}

/** A number in [0, below) that depends on the task alone. */
export function dealtByTask(task: number, salt: number, below: number): number {
  return mix32(task * 31 + salt * 7919) % below;
}
